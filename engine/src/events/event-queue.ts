import type { WorkEnd, WorkQueue, WorkSignals } from '../delivery/dispatcher.ts';
import { describeInvocation, type Invocation } from '../delivery/invocation.ts';
import { decideOutcome, type Outcome } from '../delivery/outcome.ts';
import { persistently } from '../delivery/persistently.ts';
import { type DeliveryReport, reportDelivery } from '../delivery/report.ts';
import type { Pool } from '../execute/pool.ts';
import { prepare, type TextRow } from '../execute/statement.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import type { EventTrigger } from './event-trigger.ts';

/** An event under way. */
export interface TakenEvent {
  readonly id: string;
  readonly trigger: string;
  readonly schema: string;
  readonly table: string;
  /** JSON text of the event: `{op, data, session_variables, trace_context}`. */
  readonly event: string;
  readonly createdAt: string;
  /** Tries before this one. */
  readonly tries: number;
}

/** What the queue needs of the engine around it. */
export interface EventQueueOptions {
  readonly pool: Pool;
  readonly fetchIntervalMs: number;
  readonly leaseMs: number;
  readonly onDelivery: (report: DeliveryReport) => void;
  readonly onError: (error: Error) => void;
}

// An event whose lease has run out belongs to an engine that is gone.
const takeEvents = prepare(`
  WITH due AS (
    SELECT id FROM hdb_catalog.event_log
    WHERE NOT delivered AND NOT error AND NOT archived
      AND trigger_name = ANY ($1::text[])
      AND (locked IS NULL OR locked < now() - make_interval(secs => $2::float8))
      AND (next_retry_at IS NULL OR next_retry_at <= now() AT TIME ZONE 'UTC')
    ORDER BY created_at LIMIT $3::int FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE hdb_catalog.event_log AS event SET locked = now() FROM due WHERE event.id = due.id
    RETURNING event.*
  )
  SELECT id, trigger_name, schema_name, table_name, payload::text,
    to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), tries::text
  FROM taken ORDER BY created_at`);

const finishEvent = prepare(`
  WITH event AS (
    UPDATE hdb_catalog.event_log
    SET delivered = $2::boolean, error = $3::boolean, tries = tries + 1, locked = NULL,
      next_retry_at = (now() AT TIME ZONE 'UTC') + make_interval(secs => $4::float8)
    WHERE id = $1
    RETURNING id, trigger_name
  )
  INSERT INTO hdb_catalog.event_invocation_logs (event_id, trigger_name, status, request, response)
  SELECT id, trigger_name, $5::int, $6::json, $7::json FROM event`);

const renewEvents = prepare(
  'UPDATE hdb_catalog.event_log SET locked = now() WHERE id = ANY ($1::text[]) AND locked IS NOT NULL',
);

const releaseEvents = prepare('UPDATE hdb_catalog.event_log SET locked = NULL WHERE id = ANY ($1::text[])');

/** Events of the database's event log, delivered to the webhooks of their triggers. */
export class EventQueue implements WorkQueue<TakenEvent> {
  readonly #options: EventQueueOptions;
  #triggers: ReadonlyMap<string, EventTrigger> = new Map();

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** The triggers from now on; those without a target keep their events waiting. */
  serve(triggers: readonly EventTrigger[]): void {
    this.#triggers = new Map(triggers.filter(({ target }) => target).map((one) => [one.name, one]));
  }

  get triggerNames(): readonly string[] {
    return [...this.#triggers.keys()];
  }

  async take(limit: number): Promise<readonly TakenEvent[]> {
    const names = this.triggerNames;
    if (names.length === 0) return [];
    const lease = String(this.#options.leaseMs / 1000);
    const rows = await this.#options.pool.queryRows(takeEvents, [asArray(names), lease, String(limit)]);
    return rows.map(toTakenEvent);
  }

  async work(event: TakenEvent, { closing, ended }: WorkSignals): Promise<WorkEnd> {
    const trigger = this.#triggers.get(event.trigger);
    // Deleted or changed meanwhile: whoever has it next will know.
    if (!trigger?.target) return 'undone';
    const started = performance.now();
    const body = toBody(event, trigger);
    const { headers } = trigger.target;
    const { deliver } = await import('../delivery/deliver.ts');
    const result = await deliver(trigger.target, {
      body,
      headers: traceHeaders(event.event),
      sessionVariables: sessionVariablesOf(event.event),
      timeoutSeconds: trigger.retry.timeoutSeconds,
      signal: ended,
    });
    if (result.kind === 'aborted') return 'undone';
    const outcome = decideOutcome(result, event.tries, trigger.retry);
    const seconds = (performance.now() - started) / 1000;
    const { id: eventId, tries } = event;
    const attempt = { kind: 'event-trigger', trigger: event.trigger, eventId, tries } as const;
    this.#options.onDelivery(reportDelivery(attempt, result, outcome, seconds));
    const isNoted = await this.#note(event, outcome, describeInvocation(body, headers, result, '2'), closing);
    if (!isNoted) return 'undone';
    return outcome.kind === 'retry' ? 'later' : 'done';
  }

  async renew(ids: readonly string[]): Promise<void> {
    await this.#options.pool.queryRows(renewEvents, [asArray(ids)]);
  }

  async release(ids: readonly string[]): Promise<void> {
    await this.#options.pool.queryRows(releaseEvents, [asArray(ids)]);
  }

  async idleMs(): Promise<number> {
    return this.#triggers.size === 0 ? Infinity : this.#options.fetchIntervalMs;
  }

  /** A note that cannot be made now is made later, as long as nobody else has taken the event. */
  #note(event: TakenEvent, outcome: Outcome, invocation: Invocation, closing: AbortSignal): Promise<boolean> {
    const { pool, leaseMs, onError } = this.#options;
    const write = () =>
      pool.queryRows(finishEvent, [
        event.id,
        String(outcome.kind === 'delivered'),
        String(outcome.kind === 'failed'),
        outcome.kind === 'retry' ? String(outcome.afterSeconds) : null,
        invocation.status === null ? null : String(invocation.status),
        invocation.request,
        invocation.response,
      ]);
    return persistently(write, { forMs: leaseMs, closing, onError });
  }
}

function sessionVariablesOf(event: string): Readonly<Record<string, string>> | null {
  const { session_variables: variables } = JSON.parse(event) as {
    session_variables?: Readonly<Record<string, string>> | null;
  };
  return variables ?? null;
}

function toTakenEvent(row: TextRow): TakenEvent {
  const [id, trigger, schema, table, event, createdAt, tries] = row as readonly string[];
  return {
    id: id ?? '',
    trigger: trigger ?? '',
    schema: schema ?? '',
    table: table ?? '',
    event: event ?? 'null',
    createdAt: createdAt ?? '',
    tries: Number(tries),
  };
}

/** The reference's payload. The event itself goes through as Postgres wrote it, so no number loses a digit. */
function toBody(event: TakenEvent, trigger: EventTrigger): string {
  const others = JSON.stringify({
    created_at: event.createdAt,
    id: event.id,
    delivery_info: { max_retries: trigger.retry.numRetries, current_retry: event.tries },
    trigger: { name: event.trigger },
    table: { schema: event.schema, name: event.table },
  });
  return `{"event":${event.event},${others.slice(1)}`;
}

/** Lets a receiver's spans join the trace of the request that wrote the row. */
function traceHeaders(event: string): { name: string; value: string }[] {
  const { trace_context: trace } = JSON.parse(event) as {
    trace_context?: { trace_id?: unknown; span_id?: unknown } | null;
  };
  const { trace_id: traceId, span_id: spanId } = trace ?? {};
  if (typeof traceId !== 'string' || !/^[0-9a-f]{16,32}$/.test(traceId)) return [];
  const isSpan = typeof spanId === 'string' && /^[0-9a-f]{16}$/.test(spanId);
  return [
    { name: 'X-B3-TraceId', value: traceId },
    ...(isSpan ? [{ name: 'X-B3-ParentSpanId', value: spanId }] : []),
  ];
}

function asArray(texts: readonly string[]): string {
  return toArrayLiteral(texts, String);
}
