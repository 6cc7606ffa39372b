import { defaultLeaseMs } from '../delivery/dispatcher.ts';
import { EngineError } from '../errors.ts';
import { ensureEventCatalog, eventChannel } from '../events/event-catalog.ts';
import { type Queryable, queryableOf } from '../execute/pool.ts';
import type { EventTriggerMetadata } from '../metadata/types.ts';
import { displayNameOf, keyOf } from '../source/qualified-name.ts';
import { readName, readTableName } from './arguments.ts';
import { removeFrom, requireTable, sourceOf } from './draft.ts';
import { readEventTrigger, refuse } from './read-event-trigger.ts';
import type { Draft, MetadataDraft, Operation, TableDraft } from './types.ts';

type TriggerDraft = Draft<EventTriggerMetadata>;

const kinds = ['insert', 'update', 'delete'] as const;

/** `create_event_trigger`; with `replace` it takes the place of the one of its name. */
export const createEventTrigger: Operation = ({ draft, catalog }, args) => {
  const entry = readEventTrigger(args);
  const name = readTableName(args);
  const table = requireTable(draft, name);
  const known = findTrigger(draft, entry.name);
  const display = displayNameOf(name.schema, name.name);
  if (known && args.replace !== true) {
    throw new EngineError('already-exists', `event trigger with name "${entry.name}" already exists`, {
      path: '$.args',
    });
  }
  if (known && known.table !== table) {
    throw new EngineError(
      'not-exists',
      `event trigger "${entry.name}" does not exist on table "${display}"`,
      { path: '$.args' },
    );
  }
  requireColumns(catalog.tables.get(keyOf(name))?.columns.map((column) => column.name) ?? [], entry, display);
  if (known) {
    table.event_triggers = (table.event_triggers ?? []).map((one) => (one === known.trigger ? entry : one));
  } else table.event_triggers = [...(table.event_triggers ?? []), entry];
  return {};
};

function requireColumns(columns: readonly string[], trigger: TriggerDraft, display: string): void {
  for (const kind of kinds) {
    for (const part of ['columns', 'payload'] as const) {
      const list = trigger.definition[kind]?.[part];
      if (!Array.isArray(list)) continue;
      for (const column of list) {
        if (columns.includes(column)) continue;
        throw new EngineError('not-exists', `column "${column}" does not exist in table "${display}"`, {
          path: `$.args.${kind}.${part}`,
        });
      }
    }
  }
}

function findTrigger(
  draft: MetadataDraft,
  name: string,
): { table: TableDraft; trigger: TriggerDraft } | undefined {
  for (const table of sourceOf(draft).tables) {
    const trigger = (table.event_triggers ?? []).find((candidate) => candidate.name === name);
    if (trigger) return { table, trigger };
  }
  return undefined;
}

function requireTrigger(draft: MetadataDraft, name: string): { table: TableDraft; trigger: TriggerDraft } {
  return findTrigger(draft, name) ?? refuseUnknownTrigger(name);
}

/** The reference's complaint about a name that no event trigger has. */
export function refuseUnknownTrigger(name: string): never {
  throw new EngineError('not-exists', `event trigger "${name}" does not exist`, { path: '$.args' });
}

/** `delete_event_trigger`: its waiting events are archived with it. */
export const deleteEventTrigger: Operation = ({ draft }, args) => {
  const { table, trigger } = requireTrigger(draft, readName(args, 'name'));
  removeFrom(table, 'event_triggers', (entry: TriggerDraft) => entry === trigger);
  return {};
};

/** `invoke_event_trigger`: an event of the caller's own making, delivered like any other. */
export const invokeEventTrigger: Operation = async ({ draft, client }, args) => {
  const { table, trigger } = requireTrigger(draft, readName(args, 'name'));
  if (args.payload === undefined) refuse('key "payload" not found');
  if (trigger.definition.enable_manual !== true) {
    throw new EngineError('not-supported', 'manual mode is not enabled for event trigger', {
      path: '$.args',
    });
  }
  const { schema, name } = readTableName({ table: table.table });
  const event = {
    op: 'MANUAL',
    data: { old: null, new: args.payload },
    session_variables: { 'x-hasura-role': 'admin' },
    trace_context: null,
  };
  await ensureEventCatalog(client);
  const database = queryableOf(client);
  const [id] = await database.queryRow(
    {
      text: `
        INSERT INTO hdb_catalog.event_log (schema_name, table_name, trigger_name, payload, created_at)
        VALUES ($1, $2, $3, $4::jsonb, clock_timestamp() AT TIME ZONE 'UTC') RETURNING id`,
    },
    [schema, name, trigger.name, JSON.stringify(event)],
  );
  await wakeEngines(database);
  return { answer: { event_id: id }, isQuiet: true };
};

/** `redeliver_event`: the count of tries begins anew. */
export const redeliverEvent: Operation = async ({ client }, args) => {
  const id = readName(args, 'event_id');
  await ensureEventCatalog(client);
  const database = queryableOf(client);
  const [row] = await database.queryRows(
    {
      text: `
        WITH free AS (
          UPDATE hdb_catalog.event_log
          SET delivered = false, error = false, tries = 0, next_retry_at = NULL, locked = NULL
          WHERE id = $1 AND (locked IS NULL OR locked < now() - make_interval(secs => $2::float8))
          RETURNING id
        )
        SELECT (SELECT count(*) FROM free)::text FROM hdb_catalog.event_log WHERE id = $1`,
    },
    [id, String(defaultLeaseMs / 1000)],
  );
  if (!row) throw new EngineError('not-exists', 'event not found', { path: '$.args' });
  if (row[0] === '0') throw new EngineError('busy', 'event is already being processed', { path: '$.args' });
  await wakeEngines(database);
  return { isQuiet: true };
};

async function wakeEngines(database: Queryable): Promise<void> {
  await database.queryRow({ text: `SELECT pg_notify($1, '')::text` }, [eventChannel]);
}
