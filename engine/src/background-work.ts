import { Dispatcher, defaultLeaseMs } from './delivery/dispatcher.ts';
import type { DeliveryReport } from './delivery/report.ts';
import { WakeUpListener } from './delivery/wake-up-listener.ts';
import { eventChannel } from './events/event-catalog.ts';
import { EventQueue, type TakenEvent } from './events/event-queue.ts';
import { LogCleaner } from './events/log-cleaner.ts';
import type { Pool } from './execute/pool.ts';
import { ScheduleQueue, type TakenScheduledEvent } from './scheduled/schedule-queue.ts';
import { hasScheduledCatalog, scheduleChannel } from './scheduled/scheduled-catalog.ts';
import type { ServingState } from './serving-state.ts';

/** How events are delivered; each as the reference's setting of a similar name. */
export interface BackgroundSettings {
  /** Milliseconds between looks at the event log while triggers exist; 0 switches event triggers off. 1000 unless told. */
  readonly fetchIntervalMs?: number;
  /** Deliveries under way at once; 0 switches event triggers off. 100 unless told. */
  readonly httpPoolSize?: number;
  /** Events taken by one statement. 100 unless told. */
  readonly fetchBatchSize?: number;
  /** How long running deliveries may take when the engine stops. 60,000 unless told. */
  readonly shutdownTimeoutMs?: number;
  /** After how long the events of a dead engine are free. 30,000 unless told. */
  readonly leaseMs?: number;
  /** Told of every delivery. */
  readonly onDelivery?: (report: DeliveryReport) => void;
}

/** What it needs of the engine around it. */
export interface BackgroundOptions extends BackgroundSettings {
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onError: (error: Error) => void;
}

/**
 * What an engine does without being asked: it delivers events while the metadata has triggers or something is
 * on the schedule, and does nothing at all otherwise.
 */
export class BackgroundWork {
  readonly #options: BackgroundOptions;
  readonly #events: EventQueue;
  readonly #schedule: ScheduleQueue;
  readonly #eventDispatcher: Dispatcher<TakenEvent> | undefined;
  readonly #scheduleDispatcher: Dispatcher<TakenScheduledEvent> | undefined;
  readonly #cleaner: LogCleaner;
  #listener: WakeUpListener | undefined;
  /** Looks at the schedule under way; whoever stops waits for them, for they need the pool. */
  #finding: Promise<unknown> = Promise.resolve();
  #isStopping = false;

  constructor(options: BackgroundOptions) {
    this.#options = options;
    const {
      pool,
      environment,
      onError,
      fetchIntervalMs = 1000,
      httpPoolSize = 100,
      fetchBatchSize = 100,
    } = options;
    const leaseMs = options.leaseMs ?? defaultLeaseMs;
    const onDelivery = options.onDelivery ?? (() => undefined);
    this.#events = new EventQueue({ pool, fetchIntervalMs, leaseMs, onDelivery, onError });
    this.#schedule = new ScheduleQueue({ pool, environment, leaseMs, onDelivery, onError });
    this.#cleaner = new LogCleaner(pool, onError);
    if (httpPoolSize === 0) return;
    const limits = { concurrency: httpPoolSize, batchSize: fetchBatchSize, leaseMs, onError };
    if (fetchIntervalMs > 0) this.#eventDispatcher = new Dispatcher(this.#events, limits);
    this.#scheduleDispatcher = new Dispatcher(this.#schedule, limits);
    this.#look();
  }

  /** Something has been put on the schedule. */
  lookAtSchedule(): void {
    if (!this.#scheduleDispatcher || this.#isStopping) return;
    this.#schedule.expectOneOff();
    this.#listenWhileNeeded();
    this.#scheduleDispatcher.wake();
  }

  /** Works for the triggers of this state from now on. */
  serve(state: ServingState): void {
    this.#events.serve(state.eventTriggers);
    this.#schedule.serve(state.cronTriggers);
    if (this.#eventDispatcher) this.#cleaner.serve(state.eventTriggers);
    this.#listenWhileNeeded();
    this.#eventDispatcher?.wake();
    this.#scheduleDispatcher?.wake();
  }

  #listenWhileNeeded(): void {
    if (this.#isStopping) return;
    const hasEvents = this.#eventDispatcher !== undefined && this.#events.triggerNames.length > 0;
    const hasSchedule = this.#scheduleDispatcher !== undefined && this.#schedule.isNeeded;
    if (!hasEvents && !hasSchedule) {
      void this.#listener?.close();
      this.#listener = undefined;
      return;
    }
    const { databaseUrl, onError } = this.#options;
    this.#listener ??= new WakeUpListener({
      databaseUrl,
      channels: {
        [eventChannel]: () => this.#eventDispatcher?.wake(),
        [scheduleChannel]: () => {
          // Also what was told before this connection listened: cron events are not what a look asks for.
          this.#scheduleDispatcher?.wake();
          this.#look();
        },
      },
      onError,
    });
  }

  #look(): void {
    if (this.#isStopping) return;
    this.#finding = Promise.all([this.#finding, this.#findOneOff().catch(this.#options.onError)]);
  }

  /** One-off events are not in the metadata: the database alone knows of them, and may have no tables for them yet. */
  async #findOneOff(): Promise<void> {
    const { pool } = this.#options;
    if (!(await pool.withClient(hasScheduledCatalog))) return;
    const [waits] = await pool.queryRow(
      {
        text: `SELECT EXISTS (SELECT FROM hdb_catalog.hdb_scheduled_events
          WHERE status IN ('scheduled', 'locked'))::text`,
      },
      [],
    );
    if (waits === 'true') this.lookAtSchedule();
  }

  /** Deliveries under way, and what waits in the database; nothing is asked there without triggers. */
  async stats(): Promise<{ running: number; pending: number; oldestPendingSeconds: number }> {
    const running = (this.#eventDispatcher?.size ?? 0) + (this.#scheduleDispatcher?.size ?? 0);
    const names = this.#events.triggerNames;
    if (names.length === 0) return { running, pending: 0, oldestPendingSeconds: 0 };
    const text = `
      SELECT count(*)::text,
        coalesce(extract(epoch FROM (now() AT TIME ZONE 'UTC') - min(created_at)), 0)::text
      FROM hdb_catalog.event_log WHERE NOT delivered AND NOT error AND NOT archived`;
    const [pending, oldest] = await this.#options.pool.queryRow({ text }, []);
    return { running, pending: Number(pending), oldestPendingSeconds: Math.max(0, Number(oldest)) };
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#finding;
    await this.#listener?.close();
    await this.#cleaner.stop();
    const graceMs = this.#options.shutdownTimeoutMs ?? 60_000;
    await Promise.all([this.#eventDispatcher?.stop(graceMs), this.#scheduleDispatcher?.stop(graceMs)]);
  }
}
