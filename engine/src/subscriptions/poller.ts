import { asEngineError } from '../errors.ts';
import type { BoundStatement } from '../execute/executable.ts';
import type { Pool } from '../execute/pool.ts';
import { runMultiplexed } from '../execute/run-multiplexed.ts';
import type { Cohort } from './cohort.ts';

/** How often and in what portions live queries are asked anew. */
export interface PollSettings {
  /** `HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL`, milliseconds. */
  readonly refetchIntervalMs: number;
  /** `HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_BATCH_SIZE`, cohorts a statement. */
  readonly batchSize: number;
}

/** One timer for one statement: asks for all its cohorts together and publishes what changed. */
export class Poller {
  readonly cohorts = new Map<string, Cohort>();
  readonly #pool: Pool;
  readonly #statement: BoundStatement;
  readonly #settings: PollSettings;
  #timer: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isWelcomePlanned = false;
  #isStopped = false;

  constructor(pool: Pool, statement: BoundStatement, settings: PollSettings) {
    this.#pool = pool;
    this.#statement = statement;
    this.#settings = settings;
    this.#schedule();
  }

  /** Serves newcomers soon, all of this tick together, without waiting for the timer. */
  welcome(): void {
    if (this.#isWelcomePlanned) return;
    this.#isWelcomePlanned = true;
    setImmediate(() => {
      this.#isWelcomePlanned = false;
      void this.#pollCohorts([...this.cohorts.values()].filter((cohort) => cohort.hasNewcomers));
    });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#tick(), this.#settings.refetchIntervalMs);
  }

  /** A slow database is not asked again before it has answered. */
  async #tick(): Promise<void> {
    if (!this.#isPolling) {
      this.#isPolling = true;
      await this.#pollCohorts([...this.cohorts.values()]);
      this.#isPolling = false;
    }
    this.#schedule();
  }

  async #pollCohorts(cohorts: readonly Cohort[]): Promise<void> {
    for (let start = 0; start < cohorts.length; start += this.#settings.batchSize) {
      await this.#pollBatch(cohorts.slice(start, start + this.#settings.batchSize));
    }
  }

  async #pollBatch(batch: readonly Cohort[]): Promise<void> {
    try {
      const results = await runMultiplexed(
        this.#pool,
        this.#statement,
        batch.map((cohort) => cohort.parameters),
      );
      for (const [index, cohort] of batch.entries()) cohort.publish(results[index] ?? []);
    } catch (thrown) {
      const error = asEngineError(thrown);
      // One cohort's bad value must not end the others' subscriptions.
      if (batch.length > 1) for (const cohort of batch) await this.#pollBatch([cohort]);
      // While Postgres is away there is nothing to tell: subscriptions go on when it is back.
      else if (error.message !== 'connection error') for (const cohort of batch) cohort.fail(error);
    }
  }
}
