import type { WorkEnd, WorkQueue, WorkSignals } from '../delivery/dispatcher.ts';
import { describeInvocation } from '../delivery/invocation.ts';
import { decideOutcome, type Outcome } from '../delivery/outcome.ts';
import { persistently } from '../delivery/persistently.ts';
import { type DeliveryReport, reportDelivery } from '../delivery/report.ts';
import type { WebhookTarget } from '../delivery/webhook-target.ts';
import type { Pool } from '../execute/pool.ts';
import { prepare, type TextRow } from '../execute/statement.ts';
import { parseJson } from '../http/parse-json.ts';
import type { FromEnv, HeaderMetadata, ScheduledRetryConf } from '../metadata/types.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import { topUpCronEvents } from './cron-events.ts';
import {
  type CronTrigger,
  resolveScheduledTarget,
  type ScheduledRetryPolicy,
  toScheduledRetry,
} from './cron-trigger.ts';

/** A cron or one-off event under way. */
export interface TakenScheduledEvent {
  readonly id: string;
  readonly kind: 'cron' | 'one_off';
  /** Null for a one-off event. */
  readonly trigger: string | null;
  readonly lateSeconds: number;
  readonly tries: number;
  /** JSON text to send. */
  readonly body: string;
  readonly retry: ScheduledRetryPolicy;
  /** Throws where a variable of the environment is missing. */
  readonly target: () => WebhookTarget;
}

/** What the queue needs of the engine around it. */
export interface ScheduleQueueOptions {
  readonly pool: Pool;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly leaseMs: number;
  readonly onDelivery: (report: DeliveryReport) => void;
  readonly onError: (error: Error) => void;
}

const tables = {
  cron: { events: 'hdb_catalog.hdb_cron_events', logs: 'hdb_catalog.hdb_cron_event_invocation_logs' },
  one_off: {
    events: 'hdb_catalog.hdb_scheduled_events',
    logs: 'hdb_catalog.hdb_scheduled_event_invocation_logs',
  },
} as const;

const iso = (time: string): string => `to_char(${time}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** Whether an event may be taken: its time has come, or the lease of whoever had it is over. */
const isDue = `(status IN ('scheduled', 'locked') AND coalesce(next_retry_at, scheduled_time) <= now())`;

function takeFrom(table: string, filter: string, columns: string): string {
  return `
    WITH due AS (
      SELECT id FROM ${table} WHERE ${filter} AND ${isDue}
      ORDER BY scheduled_time LIMIT $2::int FOR UPDATE SKIP LOCKED
    )
    UPDATE ${table} AS event SET status = 'locked', next_retry_at = now() + make_interval(secs => $1::float8)
    FROM due WHERE event.id = due.id
    RETURNING event.id, extract(epoch FROM now() - scheduled_time)::text, tries::text,
      ${iso(`scheduled_time AT TIME ZONE 'UTC'`)}, ${columns}`;
}

// Engines before this one made the column without a time zone, in UTC; its seconds are the same either way.
const createdAt = `to_timestamp(extract(epoch FROM created_at)) AT TIME ZONE 'UTC'`;

const takeCron = prepare(takeFrom(tables.cron.events, 'trigger_name = ANY ($3::text[])', 'trigger_name'));
const takeOneOff = prepare(
  takeFrom(
    tables.one_off.events,
    'true',
    `webhook_conf::text, header_conf::text, retry_conf::text, payload::text, comment, ${iso(createdAt)}`,
  ),
);

const finish = {
  cron: prepare(finishIn('cron')),
  one_off: prepare(finishIn('one_off')),
};

function finishIn(kind: keyof typeof tables): string {
  return `
    WITH event AS (
      UPDATE ${tables[kind].events}
      SET status = $2, tries = tries + 1, next_retry_at = now() + make_interval(secs => $3::float8)
      WHERE id = $1 RETURNING id
    )
    INSERT INTO ${tables[kind].logs} (event_id, status, request, response)
    SELECT id, $4::int, $5::json, $6::json FROM event`;
}

/** The first moment at which something is due, in seconds from now. */
const nextDue = prepare(`
  SELECT extract(epoch FROM least(
    (SELECT min(coalesce(next_retry_at, scheduled_time)) FROM hdb_catalog.hdb_cron_events
     WHERE status IN ('scheduled', 'locked') AND trigger_name = ANY ($1::text[])),
    (SELECT min(coalesce(next_retry_at, scheduled_time)) FROM hdb_catalog.hdb_scheduled_events
     WHERE status IN ('scheduled', 'locked'))
  ) - clock_timestamp())::text`);

/** How often the events to come are filled up. */
const topUpMs = 60_000;

/** Events of cron triggers and one-off events, delivered when their time has come. */
export class ScheduleQueue implements WorkQueue<TakenScheduledEvent> {
  readonly #options: ScheduleQueueOptions;
  #triggers: ReadonlyMap<string, CronTrigger> = new Map();
  #hasOneOff = false;
  #toppedUp = Number.NEGATIVE_INFINITY;

  constructor(options: ScheduleQueueOptions) {
    this.#options = options;
  }

  /** The triggers from now on; those without a target keep their events waiting. */
  serve(triggers: readonly CronTrigger[]): void {
    this.#triggers = new Map(triggers.filter(({ target }) => target).map((one) => [one.name, one]));
  }

  /** There are one-off events now. */
  expectOneOff(): void {
    this.#hasOneOff = true;
  }

  get isNeeded(): boolean {
    return this.#triggers.size > 0 || this.#hasOneOff;
  }

  async take(limit: number): Promise<readonly TakenScheduledEvent[]> {
    if (!this.isNeeded) return [];
    const { pool, leaseMs } = this.#options;
    const lease = String(leaseMs / 1000);
    const cron =
      this.#triggers.size === 0
        ? []
        : await pool.queryRows(takeCron, [lease, String(limit), asArray([...this.#triggers.keys()])]);
    const rest = limit - cron.length;
    const oneOff = rest <= 0 ? [] : await pool.queryRows(takeOneOff, [lease, String(rest)]);
    return [
      ...cron.flatMap((row) => this.#toCronEvent(row)),
      ...oneOff.map((row) => toOneOffEvent(row, this.#options.environment)),
    ];
  }

  async work(event: TakenScheduledEvent, { closing, ended }: WorkSignals): Promise<WorkEnd> {
    const { onError, leaseMs } = this.#options;
    if (event.lateSeconds > event.retry.toleranceSeconds) {
      const isBuried = await persistently(() => this.#bury(event), { forMs: leaseMs, closing, onError });
      return isBuried ? 'done' : 'undone';
    }
    const started = performance.now();
    let target: WebhookTarget = { url: '', headers: [] };
    let missing: string | undefined;
    try {
      target = event.target();
    } catch (thrown) {
      missing = (thrown as Error).message;
    }
    const { body, retry } = event;
    const { deliver } = await import('../delivery/deliver.ts');
    const result =
      missing === undefined
        ? await deliver(target, {
            body,
            sessionVariables: null,
            timeoutSeconds: retry.timeoutSeconds,
            signal: ended,
          })
        : ({ kind: 'failure', message: missing } as const);
    if (result.kind === 'aborted') return 'undone';
    const outcome = decideOutcome(result, event.tries, retry);
    const seconds = (performance.now() - started) / 1000;
    const kind = event.kind === 'cron' ? 'cron-trigger' : 'scheduled-event';
    const { id: eventId, trigger, tries } = event;
    this.#options.onDelivery(reportDelivery({ kind, trigger, eventId, tries }, result, outcome, seconds));
    const { status, request, response } = describeInvocation(body, target.headers, result, '1');
    const values = [
      event.id,
      statusAfter(outcome),
      outcome.kind === 'retry' ? String(outcome.afterSeconds) : null,
      status === null ? null : String(status),
      request,
      response,
    ];
    const write = () => this.#options.pool.queryRows(finish[event.kind], values);
    const isNoted = await persistently(write, { forMs: leaseMs, closing, onError });
    if (!isNoted) return 'undone';
    return outcome.kind === 'retry' ? 'later' : 'done';
  }

  async renew(ids: readonly string[]): Promise<void> {
    const lease = String(this.#options.leaseMs / 1000);
    await this.#inBoth(
      `SET next_retry_at = now() + make_interval(secs => $2::float8) WHERE id = ANY ($1::text[]) AND status = 'locked'`,
      [asArray(ids), lease],
    );
  }

  async release(ids: readonly string[]): Promise<void> {
    await this.#inBoth(
      `SET status = 'scheduled', next_retry_at = NULL WHERE id = ANY ($1::text[]) AND status = 'locked'`,
      [asArray(ids)],
    );
  }

  /** Until the next event is due, but no longer than until the events to come are filled up again. */
  async idleMs(): Promise<number> {
    if (!this.isNeeded) return Infinity;
    const { pool } = this.#options;
    if (this.#triggers.size > 0 && performance.now() - this.#toppedUp >= topUpMs) {
      await topUpCronEvents(pool, [...this.#triggers.values()]);
      this.#toppedUp = performance.now();
    }
    const [seconds] = await pool.queryRow(nextDue, [asArray([...this.#triggers.keys()])]);
    if (seconds === null || seconds === undefined) {
      this.#hasOneOff = false;
      return this.isNeeded ? topUpMs : Infinity;
    }
    return Math.min(Math.max(Math.ceil(Number(seconds) * 1000), 0) + 5, topUpMs);
  }

  /** Too late to be of any use. */
  async #bury({ id, kind }: TakenScheduledEvent): Promise<void> {
    const text = `UPDATE ${tables[kind].events} SET status = 'dead', next_retry_at = NULL WHERE id = $1`;
    await this.#options.pool.queryRows({ text }, [id]);
  }

  async #inBoth(change: string, values: readonly string[]): Promise<void> {
    const { pool } = this.#options;
    await pool.queryRows({ text: `UPDATE ${tables.cron.events} ${change}` }, values);
    await pool.queryRows({ text: `UPDATE ${tables.one_off.events} ${change}` }, values);
  }

  #toCronEvent(row: TextRow): TakenScheduledEvent[] {
    const [id = null, late = null, tries = null, time = null, name = null] = row;
    const trigger = this.#triggers.get(name ?? '');
    if (!trigger?.target) return [];
    const { target } = trigger;
    const about = trigger.comment === null ? {} : { comment: trigger.comment };
    return [
      {
        id: id ?? '',
        kind: 'cron',
        trigger: name,
        lateSeconds: Number(late),
        tries: Number(tries),
        body: toBody({ scheduled_time: time, id, name, ...about }, trigger.payload),
        retry: trigger.retry,
        target: () => target,
      },
    ];
  }
}

function toOneOffEvent(row: TextRow, environment: ScheduleQueueOptions['environment']): TakenScheduledEvent {
  const [id, late, tries, time, webhook, headers, retry, payload, comment, createdAt] = row;
  const about = comment === null || comment === undefined ? {} : { comment };
  return {
    id: id ?? '',
    kind: 'one_off',
    trigger: null,
    lateSeconds: Number(late),
    tries: Number(tries),
    body: toBody({ scheduled_time: time, created_at: createdAt, id, ...about }, payload ?? 'null'),
    retry: toScheduledRetry(parseJson(retry ?? 'null') as ScheduledRetryConf | null),
    target: () =>
      resolveScheduledTarget(
        parseJson(webhook ?? '""') as FromEnv,
        (parseJson(headers ?? 'null') ?? []) as HeaderMetadata[],
        environment,
      ),
  };
}

/** The payload keeps the text that it has. */
function toBody(others: object, payload: string): string {
  return `{"payload":${payload},${JSON.stringify(others).slice(1)}`;
}

function statusAfter(outcome: Outcome): string {
  return outcome.kind === 'delivered' ? 'delivered' : outcome.kind === 'retry' ? 'scheduled' : 'error';
}

function asArray(texts: readonly string[]): string {
  return toArrayLiteral(texts, String);
}
