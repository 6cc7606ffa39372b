import type { QueryExecutable } from '../execute/executable.ts';
import type { Pool } from '../execute/pool.ts';
import type { ParameterValue } from '../execute/statement.ts';
import type { SubscriptionSink } from './cohort.ts';
import type { SubscriptionStats } from './live-queries.ts';
import type { Followed, Membership } from './membership.ts';
import type { PollClient } from './poll-gate.ts';
import { type Polled, Poller, type PollerSettings, pollKey } from './poller.ts';
import { StreamCohort, type StreamSubscriber } from './stream-cohort.ts';

/**
 * Every streaming subscription of the process. Those with the same statement share a poller; within it those
 * that have come to the same place share a cohort, and so a batch, until one of them falls behind.
 */
export class Streams {
  readonly #pool: Pool;
  readonly #settings: PollerSettings;
  #statements = 0;
  readonly #streams = new Map<string, Stream>();

  constructor(pool: Pool, settings: PollerSettings) {
    this.#pool = pool;
    this.#settings = settings;
  }

  /** What there is now, a cohort being a place in a stream, and the statements sent so far. */
  stats(): SubscriptionStats {
    const cohorts = [...this.#streams.values()].flatMap((stream) => [...stream.cohorts]);
    const subscribers = cohorts.reduce((sum, cohort) => sum + cohort.size, 0);
    return {
      pollers: this.#streams.size,
      cohorts: cohorts.length,
      subscribers,
      statements: this.#statements,
    };
  }

  join(followed: Followed, sink: SubscriptionSink, client: PollClient): Membership {
    const { parameters, parts } = followed;
    const key = pollKey(followed);
    const stream = this.#streams.get(key) ?? this.#open(followed);
    const subscriber = stream.join(parameters, sink, parts);
    const stopWork = stream.workFor(client);
    return {
      follows: (other) => pollKey(other) === key && subscriber.cohort.isAt(other.parameters),
      cursor: () => stream.cursorOf(subscriber),
      stop: () => {
        stopWork();
        subscriber.cohort.remove(subscriber);
        if (stream.isEmpty) {
          stream.stop();
          this.#streams.delete(key);
        }
      },
    };
  }

  #open(polled: Polled): Stream {
    const stream = new Stream(this.#pool, polled, this.#settings, () => {
      this.#statements += 1;
    });
    this.#streams.set(pollKey(polled), stream);
    return stream;
  }

  stop(): void {
    for (const stream of this.#streams.values()) stream.stop();
    this.#streams.clear();
  }
}

/** One statement with everybody who streams from it. */
class Stream {
  readonly #poller: Poller<StreamCohort>;
  /** Which parameters are parts of the cursor. */
  readonly #parts: readonly (number | null)[];

  constructor(pool: Pool, polled: Polled, settings: PollerSettings, onStatement: () => void) {
    this.#poller = new Poller(pool, polled, settings, onStatement);
    this.#parts = polled.statement.parameters.map((source) =>
      source.kind === 'cursor' ? source.part : null,
    );
  }

  get cohorts(): Iterable<StreamCohort> {
    return this.#poller.cohorts.values();
  }

  workFor(client: PollClient): () => void {
    return this.#poller.workFor(client);
  }

  get isEmpty(): boolean {
    return this.#poller.cohorts.size === 0;
  }

  join(
    parameters: readonly ParameterValue[],
    sink: SubscriptionSink,
    parts: QueryExecutable['parts'],
  ): StreamSubscriber {
    const cohort = this.#cohortAt(parameters);
    const subscriber: StreamSubscriber = { sink, parts, isServed: false, cohort };
    cohort.add(subscriber);
    this.#poller.welcome();
    return subscriber;
  }

  /** The cursor's parts of where a subscriber has come to, in order. */
  cursorOf({ cohort }: StreamSubscriber): readonly ParameterValue[] {
    const cursor: ParameterValue[] = [];
    for (const [index, part] of this.#parts.entries()) {
      if (part !== null) cursor[part] = cohort.parameters[index] ?? null;
    }
    return cursor;
  }

  stop(): void {
    this.#poller.stop();
  }

  #cohortAt(parameters: readonly ParameterValue[]): StreamCohort {
    const key = JSON.stringify(parameters);
    const known = this.#poller.cohorts.get(key);
    if (known) return known;
    const cohort = new StreamCohort(parameters, {
      at: (cursor) => this.#cohortAt(this.#moved(parameters, cursor)),
      onEmpty: () => this.#poller.cohorts.delete(key),
    });
    this.#poller.cohorts.set(key, cohort);
    return cohort;
  }

  #moved(parameters: readonly ParameterValue[], cursor: readonly ParameterValue[]): ParameterValue[] {
    return parameters.map((value, index) => {
      const part = this.#parts[index] ?? null;
      return part === null ? value : (cursor[part] ?? null);
    });
  }
}
