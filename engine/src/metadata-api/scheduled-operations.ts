import { EngineError } from '../errors.ts';
import { type Queryable, queryableOf } from '../execute/pool.ts';
import type { CronTriggerMetadata, ScheduledRetryConf } from '../metadata/types.ts';
import { cronProblem } from '../scheduled/cron-schedule.ts';
import { defaultScheduledRetry } from '../scheduled/cron-trigger.ts';
import { ensureScheduledCatalog, scheduleChannel } from '../scheduled/scheduled-catalog.ts';
import { kindOf, readName, readObject } from './arguments.ts';
import { readCount, readJsonRows } from './event-log-operations.ts';
import { copied, isGiven, readHeaders, refuse } from './read-event-trigger.ts';
import type { Draft, Operation, OperationArgs, ReadOperation } from './types.ts';

/** `create_cron_trigger`; with `replace` it takes the place of the one of its name. */
export const createCronTrigger: Operation = ({ draft }, args) => {
  const trigger = readCronTrigger(args) as Draft<CronTriggerMetadata>;
  const triggers = draft.cron_triggers ?? [];
  const isKnown = triggers.some(({ name }) => name === trigger.name);
  if (isKnown && args.replace !== true) {
    throw new EngineError('already-exists', `cron trigger with name: ${trigger.name} already exists`, {
      path: '$.args',
    });
  }
  draft.cron_triggers = isKnown
    ? triggers.map((one) => (one.name === trigger.name ? trigger : one))
    : [...triggers, trigger];
  return {};
};

function readCronTrigger(args: OperationArgs): CronTriggerMetadata {
  const name = readName(args, 'name');
  const webhook = readName(args, 'webhook');
  const schedule = readName(args, 'schedule');
  const problem = cronProblem(schedule);
  if (problem !== null) refuse(problem, '$.schedule');
  if (typeof args.include_in_metadata !== 'boolean') {
    if (args.include_in_metadata === undefined) refuse('key "include_in_metadata" not found');
    refuse(
      `parsing Bool failed, expected Boolean, but encountered ${kindOf(args.include_in_metadata)}`,
      '$.include_in_metadata',
    );
  }
  const headers = readHeaders(args.headers);
  const retry = readRetry(args.retry_conf);
  return {
    name,
    webhook,
    schedule,
    include_in_metadata: args.include_in_metadata as boolean,
    ...copied(args, ['payload']),
    ...(JSON.stringify(retry) === JSON.stringify(standardRetry) ? {} : { retry_conf: retry }),
    ...(headers.length === 0 ? {} : { headers: headers as never }),
    ...copied(args, ['comment', 'request_transform', 'response_transform']),
  };
}

const standardRetry: ScheduledRetryConf = {
  num_retries: defaultScheduledRetry.numRetries,
  retry_interval_seconds: defaultScheduledRetry.intervalSeconds,
  timeout_seconds: defaultScheduledRetry.timeoutSeconds,
  tolerance_seconds: defaultScheduledRetry.toleranceSeconds,
};

/** Retries, the reference's defaults where nothing is given. */
function readRetry(value: unknown): ScheduledRetryConf {
  if (!isGiven(value)) return standardRetry;
  const given = readObject(value, '$.retry_conf');
  return Object.fromEntries(
    Object.entries(standardRetry).map(([key, fallback]) => [key, Number(readCount(given, key, fallback))]),
  );
}

function requireCronTrigger(triggers: readonly { name: string }[] | undefined, name: string): void {
  if (triggers?.some((trigger) => trigger.name === name)) return;
  throw new EngineError('not-exists', `cron trigger with name: ${name} doesn't exist`, { path: '$.args' });
}

/** `delete_cron_trigger`: its events to come go with it. */
export const deleteCronTrigger: Operation = ({ draft }, args) => {
  const name = readName(args, 'name');
  requireCronTrigger(draft.cron_triggers, name);
  const rest = (draft.cron_triggers ?? []).filter((trigger) => trigger.name !== name);
  if (rest.length === 0) delete draft.cron_triggers;
  else draft.cron_triggers = rest;
  return {};
};

/** `get_cron_triggers`: those that an export leaves out too, defaults spelled out. */
export const getCronTriggers: ReadOperation = ({ state }) => ({
  cron_triggers: (state.metadata.cron_triggers ?? []).map((trigger) => ({
    headers: [],
    ...trigger,
    retry_conf: { ...standardRetry, ...trigger.retry_conf },
  })),
});

/** `create_scheduled_event`: one delivery at one moment. */
export const createScheduledEvent: Operation = async ({ client }, args) => {
  const webhook = readName(args, 'webhook');
  const time = readTime(args);
  const headers = readHeaders(args.headers);
  const retry = readRetry(args.retry_conf);
  await ensureScheduledCatalog(client);
  const database = queryableOf(client);
  const [id] = await database.queryRow(
    {
      text: `
        INSERT INTO hdb_catalog.hdb_scheduled_events
          (webhook_conf, scheduled_time, payload, retry_conf, header_conf, comment)
        VALUES ($1::json, $2::timestamptz, $3::json, $4::json, $5::json, $6) RETURNING id`,
    },
    [
      JSON.stringify(webhook),
      time,
      JSON.stringify(args.payload ?? null),
      JSON.stringify(retry),
      JSON.stringify(headers),
      typeof args.comment === 'string' ? args.comment : null,
    ],
  );
  await database.queryRow({ text: `SELECT pg_notify($1, '')::text` }, [scheduleChannel]);
  return { answer: { message: 'success', event_id: id }, isQuiet: true, isScheduling: true };
};

const isoTime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?\s*(Z|UTC|[+-]\d\d(:?\d\d)?)?$/;

/** A moment in ISO 8601; UTC unless it says otherwise. */
function readTime(args: OperationArgs): string {
  const text = readName(args, 'schedule_at');
  const [, clock, , , zone] = isoTime.exec(text) ?? [];
  const spelled = `${clock === undefined ? `${text.slice(0, 10)}T00:00` : text}${zone === undefined ? 'Z' : ''}`;
  const moment = new Date(spelled.replace('UTC', 'Z').replace(' Z', 'Z').replace(' ', 'T'));
  if (!isoTime.test(text) || Number.isNaN(moment.getTime())) {
    refuse('expected a moment as in 2030-01-31T12:00:00Z', '$.schedule_at');
  }
  return moment.toISOString();
}

const tables = {
  one_off: {
    events: 'hdb_catalog.hdb_scheduled_events',
    logs: 'hdb_catalog.hdb_scheduled_event_invocation_logs',
  },
  cron: { events: 'hdb_catalog.hdb_cron_events', logs: 'hdb_catalog.hdb_cron_event_invocation_logs' },
} as const;

function readKind(args: OperationArgs): keyof typeof tables {
  const { type } = args;
  if (type === 'cron' || type === 'one_off') return type;
  return refuse('expected "one_off" or "cron"', '$.type');
}

/** `delete_scheduled_event`, of a cron trigger or not. */
export const deleteScheduledEvent: Operation = async ({ client }, args) => {
  const { events } = tables[readKind(args)];
  const id = readName(args, 'event_id');
  await ensureScheduledCatalog(client);
  const [row] = await queryableOf(client).queryRows(
    { text: `DELETE FROM ${events} WHERE id = $1 RETURNING id` },
    [id],
  );
  if (!row) {
    throw new EngineError('not-found', `scheduled event with id: ${id} doesn't exist`, { path: '$.args' });
  }
  return { isQuiet: true };
};

const statuses: readonly unknown[] = ['scheduled', 'locked', 'delivered', 'error', 'dead'];

/** `get_scheduled_events` */
export const getScheduledEvents: ReadOperation = ({ state, database }, args) => {
  const kind = readKind(args);
  const filters: string[] = [];
  const values: string[] = [];
  const add = (condition: string, value: string): void => {
    values.push(value);
    filters.push(condition.replace('$', `$${values.length}`));
  };
  if (kind === 'cron') {
    const name = readName(args, 'trigger_name');
    requireCronTrigger(state.metadata.cron_triggers, name);
    add('trigger_name = $', name);
  }
  if (isGiven(args.status)) {
    if (!Array.isArray(args.status) || !args.status.every((status) => statuses.includes(status))) {
      refuse(`expected a list of ${statuses.join(', ')}`, '$.status');
    }
    add(`status = ANY (string_to_array($, ','))`, (args.status as string[]).join(','));
  }
  const from = `${tables[kind].events} ${where(filters)}`;
  return answer(database, args, 'events', `SELECT * FROM ${from} ORDER BY scheduled_time`, from, values);
};

/** `get_scheduled_event_invocations`, of one event or all. */
export const getScheduledEventInvocations: ReadOperation = ({ state, database }, args) => {
  const kind = readKind(args);
  const filters: string[] = [];
  const values: string[] = [];
  if (isGiven(args.event_id)) {
    values.push(readName(args, 'event_id'));
    filters.push('log.event_id = $1');
  } else if (kind === 'cron') {
    const name = readName(args, 'trigger_name');
    requireCronTrigger(state.metadata.cron_triggers, name);
    values.push(name);
    filters.push('event.trigger_name = $1');
  }
  const { events, logs } = tables[kind];
  const from = `${logs} AS log JOIN ${events} AS event ON event.id = log.event_id ${where(filters)}`;
  return answer(
    database,
    args,
    'invocations',
    `SELECT log.* FROM ${from} ORDER BY log.created_at DESC`,
    from,
    values,
  );
};

function where(filters: readonly string[]): string {
  return filters.length === 0 ? '' : `WHERE ${filters.join(' AND ')}`;
}

async function answer(
  database: Queryable,
  args: OperationArgs,
  key: 'events' | 'invocations',
  select: string,
  from: string,
  values: readonly string[],
): Promise<Record<string, unknown>> {
  const counts = args.get_rows_count === true;
  const [exists] = await database.queryRow(
    { text: `SELECT (to_regclass('hdb_catalog.hdb_scheduled_events') IS NOT NULL)::text` },
    [],
  );
  if (exists !== 'true') return { ...(counts ? { count: 0 } : {}), [key]: [] };
  const limit = isGiven(args.limit) ? `LIMIT ${readCount(args, 'limit', 0)}` : '';
  const rows = await readJsonRows(
    database,
    `${select} ${limit} OFFSET ${readCount(args, 'offset', 0)}`,
    values,
  );
  if (!counts) return { [key]: rows };
  const [count] = await database.queryRow({ text: `SELECT count(*)::text FROM ${from}` }, values);
  return { count: Number(count), [key]: rows };
}
