import type { Pool } from '../execute/pool.ts';
import { Cohort, type Subscriber, type SubscriptionSink } from './cohort.ts';
import type { Followed, Membership } from './membership.ts';
import type { PollClient } from './poll-gate.ts';
import { type Polled, Poller, type PollerSettings, pollKey } from './poller.ts';

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
  readonly #settings: PollerSettings;
  readonly #pollers = new Map<string, Poller<Cohort>>();
  #statements = 0;

  constructor(pool: Pool, settings: PollerSettings) {
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

  join(followed: Followed, sink: SubscriptionSink, client: PollClient): Membership {
    const { parameters, parts } = followed;
    const key = pollKey(followed);
    const poller = this.#pollers.get(key) ?? this.#openPoller(followed);
    const cohortKey = JSON.stringify(parameters);
    const cohort = poller.cohorts.get(cohortKey) ?? new Cohort(parameters);
    poller.cohorts.set(cohortKey, cohort);
    const subscriber: Subscriber = { sink, parts, isServed: false };
    cohort.subscribers.add(subscriber);
    const stopWork = poller.workFor(client);
    poller.welcome();
    return {
      follows: (other) => pollKey(other) === key && JSON.stringify(other.parameters) === cohortKey,
      cursor: () => null,
      stop: () => {
        stopWork();
        cohort.subscribers.delete(subscriber);
        if (cohort.subscribers.size === 0) poller.cohorts.delete(cohortKey);
        if (poller.cohorts.size === 0) {
          poller.stop();
          this.#pollers.delete(key);
        }
      },
    };
  }

  stop(): void {
    for (const poller of this.#pollers.values()) poller.stop();
    this.#pollers.clear();
  }

  #openPoller(polled: Polled): Poller<Cohort> {
    const poller = new Poller<Cohort>(this.#pool, polled, this.#settings, () => {
      this.#statements += 1;
    });
    this.#pollers.set(pollKey(polled), poller);
    return poller;
  }
}
