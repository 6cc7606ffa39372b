import { Dispatcher, defaultLeaseMs } from './delivery/dispatcher.ts';
import type { DeliveryReport } from './delivery/report.ts';
import { WakeUpListener } from './delivery/wake-up-listener.ts';
import { eventChannel } from './events/event-catalog.ts';
import { EventQueue, type TakenEvent } from './events/event-queue.ts';
import type { Pool } from './execute/pool.ts';
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

/** What an engine does without being asked: it delivers events while the metadata has triggers. */
export class BackgroundWork {
  readonly #pool: Pool;
  readonly #databaseUrl: string;
  readonly #settings: BackgroundSettings;
  readonly #onError: (error: Error) => void;
  readonly #events: EventQueue;
  readonly #eventDispatcher: Dispatcher<TakenEvent> | undefined;
  #listener: WakeUpListener | undefined;

  constructor(
    pool: Pool,
    databaseUrl: string,
    settings: BackgroundSettings,
    onError: (error: Error) => void,
  ) {
    this.#pool = pool;
    this.#databaseUrl = databaseUrl;
    this.#settings = settings;
    this.#onError = onError;
    const { fetchIntervalMs = 1000, httpPoolSize = 100, fetchBatchSize = 100 } = settings;
    const leaseMs = settings.leaseMs ?? defaultLeaseMs;
    const onDelivery = settings.onDelivery ?? (() => undefined);
    this.#events = new EventQueue({ pool, fetchIntervalMs, leaseMs, onDelivery, onError });
    if (fetchIntervalMs > 0 && httpPoolSize > 0) {
      const options = { concurrency: httpPoolSize, batchSize: fetchBatchSize, leaseMs, onError };
      this.#eventDispatcher = new Dispatcher(this.#events, options);
    }
  }

  /** Works for the triggers of this state from now on. */
  serve(state: ServingState): void {
    this.#events.serve(state.eventTriggers);
    this.#eventDispatcher?.wake();
    const isNeeded = this.#eventDispatcher !== undefined && this.#events.triggerNames.length > 0;
    if (isNeeded) {
      this.#listener ??= new WakeUpListener({
        databaseUrl: this.#databaseUrl,
        channel: eventChannel,
        onWake: () => this.#eventDispatcher?.wake(),
        onError: this.#onError,
      });
    } else {
      void this.#listener?.close();
      this.#listener = undefined;
    }
  }

  /** Deliveries under way, and what waits in the database; nothing is asked there without triggers. */
  async stats(): Promise<{ running: number; pending: number; oldestPendingSeconds: number }> {
    const running = this.#eventDispatcher?.size ?? 0;
    const names = this.#events.triggerNames;
    if (names.length === 0) return { running, pending: 0, oldestPendingSeconds: 0 };
    const text = `
      SELECT count(*)::text,
        coalesce(extract(epoch FROM (now() AT TIME ZONE 'UTC') - min(created_at)), 0)::text
      FROM hdb_catalog.event_log WHERE NOT delivered AND NOT error AND NOT archived`;
    const [pending, oldest] = await this.#pool.queryRow({ text }, []);
    return { running, pending: Number(pending), oldestPendingSeconds: Math.max(0, Number(oldest)) };
  }

  async stop(): Promise<void> {
    await this.#listener?.close();
    await this.#eventDispatcher?.stop(this.#settings.shutdownTimeoutMs ?? 60_000);
  }
}
