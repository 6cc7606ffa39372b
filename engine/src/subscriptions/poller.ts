import { asEngineError, type EngineError } from '../errors.ts';
import type { BoundStatement } from '../execute/executable.ts';
import type { Pool } from '../execute/pool.ts';
import { runMultiplexed } from '../execute/run-multiplexed.ts';
import type { ParameterValue } from '../execute/statement.ts';
import type { StatementLimits } from '../execute/statement-limits.ts';
import { guarded } from '../guarded.ts';
import type { PollClient, PollGate } from './poll-gate.ts';

/** How often and in what portions subscriptions are asked anew. */
export interface PollSettings {
  /** `HASURA_GRAPHQL_{LIVE,STREAMING}_QUERIES_MULTIPLEXED_REFETCH_INTERVAL`, milliseconds. */
  readonly refetchIntervalMs: number;
  /** `HASURA_GRAPHQL_{LIVE,STREAMING}_QUERIES_MULTIPLEXED_BATCH_SIZE`, cohorts a statement. */
  readonly batchSize: number;
}

/** What all pollers of one kind share. */
export interface PollerSettings extends PollSettings {
  /** Decides when each statement runs. */
  readonly gate: PollGate;
  /** Told of mistakes of our own, which end one look and not the polling. */
  readonly onError: (error: Error) => void;
}

/** A statement that is asked again and again. */
export interface Polled {
  readonly statement: BoundStatement;
  /** Of the roles that subscribe; a batch that takes longer is asked one set of parameters at a time. */
  readonly limits: StatementLimits;
}

/** What may share a poller: the same statement under the same limits. */
export function pollKey({ statement, limits }: Polled): string {
  return `${limits.seconds ?? ''}:${limits.answerBytes}:${statement.prepared.text}`;
}

/** Subscribers that share a set of parameters. */
export interface PollTarget {
  readonly parameters: readonly ParameterValue[];
  /** Whether anybody would take a result now. */
  readonly isWaiting: boolean;
  /** Whether anybody has not had a first result. */
  readonly hasNewcomers: boolean;
  /** The answer's columns; none when the statement answered no row for these parameters. */
  publish(columns: readonly string[]): void;
  fail(error: EngineError): void;
}

/** The golden ratio's fraction: steps of it around a circle fall ever between those before, however many there are. */
const PHASE_STEP = 0.618034;
/** Of the interval, at least so much lies between an answer and the next statement. */
const LEAST_PAUSE = 0.5;
let pollers = 0;

/**
 * One timer for one statement: asks for all its cohorts together and lets each publish its part. Pollers that begin
 * together, as after a restart, take turns within the interval, or all their statements would wait for each other.
 */
export class Poller<Target extends PollTarget> {
  readonly cohorts = new Map<string, Target>();
  /** Whom it works for, each as often as it has joined. */
  readonly #clients = new Map<string, { readonly client: PollClient; count: number }>();
  readonly #pool: Pool;
  readonly #polled: Polled;
  readonly #settings: PollerSettings;
  readonly #onStatement: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isWelcomePlanned = false;
  #isStopped = false;

  constructor(pool: Pool, polled: Polled, settings: PollerSettings, onStatement: () => void) {
    this.#pool = pool;
    this.#polled = polled;
    this.#settings = settings;
    this.#onStatement = onStatement;
    pollers += 1;
    this.#schedule(settings.refetchIntervalMs * ((pollers * PHASE_STEP) % 1));
  }

  /** Works for a client as well, until the function that is answered is called. */
  workFor(client: PollClient): () => void {
    const entry = this.#clients.get(client.key) ?? { client, count: 0 };
    this.#clients.set(client.key, entry);
    entry.count += 1;
    return () => {
      entry.count -= 1;
      if (entry.count === 0) this.#clients.delete(client.key);
    };
  }

  /** Serves newcomers soon, all of this tick together, without waiting for the timer. */
  welcome(): void {
    if (this.#isWelcomePlanned) return;
    this.#isWelcomePlanned = true;
    setImmediate(
      guarded(() => {
        this.#isWelcomePlanned = false;
        return this.#pollCohorts([...this.cohorts.values()].filter((cohort) => cohort.hasNewcomers));
      }, this.#settings.onError),
    );
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  *#clientsNow(): Generator<PollClient> {
    for (const { client } of this.#clients.values()) yield client;
  }

  /**
   * An interval lies between the beginnings of two looks. A slow database is not asked again before it has answered,
   * and had some time for others.
   */
  #schedule(pauseMs: number): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(
      guarded(async () => {
        const started = performance.now();
        try {
          await this.#pollCohorts([...this.cohorts.values()]);
        } finally {
          const { refetchIntervalMs } = this.#settings;
          const rest = refetchIntervalMs - (performance.now() - started);
          this.#schedule(Math.max(rest, refetchIntervalMs * LEAST_PAUSE));
        }
      }, this.#settings.onError),
      pauseMs,
    );
  }

  async #pollCohorts(all: readonly Target[]): Promise<void> {
    const cohorts = all.filter((cohort) => cohort.isWaiting);
    for (let start = 0; start < cohorts.length; start += this.#settings.batchSize) {
      await this.#pollBatch(cohorts.slice(start, start + this.#settings.batchSize));
    }
  }

  async #pollBatch(batch: readonly Target[]): Promise<void> {
    if (this.#isStopped) return;
    let results: readonly (readonly string[])[];
    try {
      const sets = batch.map((cohort) => cohort.parameters);
      const { statement, limits } = this.#polled;
      const answered = await this.#settings.gate.run(this.#clientsNow(), async () => {
        // It may have waited for its turn longer than anybody has for it.
        if (this.#isStopped) return null;
        this.#onStatement();
        return runMultiplexed(this.#pool, statement, sets, limits);
      });
      if (answered === null) return;
      results = answered;
    } catch (thrown) {
      const error = asEngineError(thrown);
      // While Postgres is away there is nothing to tell: subscriptions go on when it is back.
      if (error.message === 'connection error') return;
      // One cohort's bad value must not end the others' subscriptions.
      if (batch.length > 1) for (const cohort of batch) await this.#pollBatch([cohort]);
      else for (const cohort of batch) cohort.fail(error);
      return;
    }
    for (const [index, cohort] of batch.entries()) {
      try {
        cohort.publish(results[index] ?? []);
      } catch (thrown) {
        // A mistake of our own with one result must not stop the polling of all the others.
        cohort.fail(asEngineError(thrown));
      }
    }
  }
}
