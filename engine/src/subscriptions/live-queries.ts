import type { Session } from '../auth/session.ts';
import type { BoundStatement, QueryExecutable } from '../execute/executable.ts';
import type { ReadyOperation } from '../execute/operation-cache.ts';
import { resolveParameters } from '../execute/parameters.ts';
import type { Pool } from '../execute/pool.ts';
import { Cohort, glueAnswer, type Subscriber, type SubscriptionSink } from './cohort.ts';
import { Poller, type PollSettings } from './poller.ts';

/** A running subscription. */
export interface Subscription {
  stop(): void;
}

/** Subscribers, grouped by equal parameters into cohorts and by equal statements into pollers. */
export interface SubscriptionStats {
  readonly pollers: number;
  readonly cohorts: number;
  readonly subscribers: number;
  /** Statements sent since the start. */
  readonly statements: number;
}

/**
 * Every live query of the process. Subscribers with the same statement share a poller, those with the
 * same parameters as well a cohort; so the database sees one statement a batch and interval, however
 * many people watch.
 */
export class LiveQueries {
  readonly #pool: Pool;
  readonly #settings: PollSettings;
  #statements = 0;
  readonly #pollers = new Map<string, Poller<Cohort>>();

  constructor(pool: Pool, settings: PollSettings) {
    this.#pool = pool;
    this.#settings = settings;
  }

  /** What there is now, and the statements sent so far. */
  stats(): SubscriptionStats {
    let cohorts = 0;
    let subscribers = 0;
    for (const poller of this.#pollers.values()) {
      cohorts += poller.cohorts.size;
      for (const cohort of poller.cohorts.values()) subscribers += cohort.subscribers.size;
    }
    return { pollers: this.#pollers.size, cohorts, subscribers, statements: this.#statements };
  }

  subscribe(
    ready: ReadyOperation,
    executable: QueryExecutable,
    session: Session,
    sink: SubscriptionSink,
  ): Subscription {
    const statement = executable.multiplexed;
    if (!statement) {
      // Nothing but `__typename`: one answer, and it never changes.
      sink.next(glueAnswer(executable.parts, []));
      return { stop: () => undefined };
    }
    const parameters = resolveParameters(statement.parameters, { session, variables: ready.variables });
    const { text } = statement.prepared;
    const poller = this.#pollers.get(text) ?? this.#openPoller(statement);
    const cohortKey = JSON.stringify(parameters);
    const cohort = poller.cohorts.get(cohortKey) ?? new Cohort(parameters);
    poller.cohorts.set(cohortKey, cohort);
    const subscriber: Subscriber = { sink, parts: executable.parts, isServed: false };
    cohort.subscribers.add(subscriber);
    poller.welcome();
    let isStopped = false;
    return {
      stop: () => {
        if (isStopped) return;
        isStopped = true;
        cohort.subscribers.delete(subscriber);
        if (cohort.subscribers.size === 0) poller.cohorts.delete(cohortKey);
        if (poller.cohorts.size === 0) {
          poller.stop();
          this.#pollers.delete(text);
        }
      },
    };
  }

  #openPoller(statement: BoundStatement): Poller<Cohort> {
    const poller = new Poller<Cohort>(this.#pool, statement, this.#settings, () => {
      this.#statements += 1;
    });
    this.#pollers.set(statement.prepared.text, poller);
    return poller;
  }

  stop(): void {
    for (const poller of this.#pollers.values()) poller.stop();
    this.#pollers.clear();
  }
}
