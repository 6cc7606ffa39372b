import type { Pool } from '../execute/pool.ts';
import { guarded } from '../guarded.ts';
import { nextRuns } from '../scheduled/cron-schedule.ts';
import { clearEventLog } from './clear-log.ts';
import type { CleanupPolicy, EventTrigger } from './event-trigger.ts';

interface Cleanup {
  readonly trigger: string;
  readonly policy: CleanupPolicy;
  readonly at: Date;
}

/** Node's timers know no longer time than 24 days. */
const longestSleepMs = 24 * 60 * 60 * 1000;

/** Clears the logs of the triggers that ask for it by their `cleanup_config`; each time by one engine alone. */
export class LogCleaner {
  readonly #pool: Pool;
  readonly #onError: (error: Error) => void;
  #timer: NodeJS.Timeout | undefined;
  #triggers: readonly EventTrigger[] = [];
  #running: Promise<void> = Promise.resolve();

  constructor(pool: Pool, onError: (error: Error) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  /** The triggers from now on. */
  serve(triggers: readonly EventTrigger[]): void {
    this.#triggers = triggers;
    this.#sleep(new Date());
  }

  async stop(): Promise<void> {
    this.#triggers = [];
    clearTimeout(this.#timer);
    await this.#running;
  }

  #sleep(after: Date): void {
    clearTimeout(this.#timer);
    const cleanups = this.#triggers.flatMap(({ name, cleanup }): Cleanup[] => {
      const [at] = cleanup && !cleanup.isPaused ? nextRuns(cleanup.schedule, 1, after) : [];
      return cleanup && at ? [{ trigger: name, policy: cleanup, at }] : [];
    });
    const first = Math.min(...cleanups.map(({ at }) => at.getTime()));
    if (!Number.isFinite(first)) return;
    const due = cleanups.filter(({ at }) => at.getTime() === first);
    const ms = Math.min(Math.max(first - Date.now(), 0), longestSleepMs);
    this.#timer = setTimeout(
      guarded(() => {
        if (first > Date.now()) return this.#sleep(new Date());
        this.#running = this.#clear(due).then(() => this.#sleep(new Date(first)));
      }, this.#onError),
      ms,
    );
    this.#timer.unref();
  }

  async #clear(cleanups: readonly Cleanup[]): Promise<void> {
    for (const { trigger, policy, at } of cleanups) {
      try {
        await this.#clearOne(trigger, policy, at);
      } catch (thrown) {
        this.#onError(thrown as Error);
      }
    }
  }

  /** Whoever writes the row of a moment does its work. */
  async #clearOne(trigger: string, policy: CleanupPolicy, at: Date): Promise<void> {
    const [claim] = await this.#pool.queryRows(
      {
        text: `INSERT INTO hdb_catalog.hdb_event_log_cleanups (trigger_name, scheduled_at, status)
          VALUES ($1, $2::timestamptz AT TIME ZONE 'UTC', 'scheduled') ON CONFLICT DO NOTHING RETURNING id`,
      },
      [trigger, at.toISOString()],
    );
    if (!claim) return;
    const { events, invocations } = await clearEventLog(this.#pool, trigger, policy);
    await this.#pool.queryRows(
      {
        text: `UPDATE hdb_catalog.hdb_event_log_cleanups
          SET status = 'completed', deleted_event_logs = $2::int, deleted_event_invocation_logs = $3::int
          WHERE id = $1`,
      },
      [claim[0] ?? '', String(events), String(invocations)],
    );
  }
}
