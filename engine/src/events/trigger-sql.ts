import pg from 'pg';
import type { ColumnList } from '../metadata/types.ts';
import { eventChannel } from './event-catalog.ts';
import type { EventTrigger, OperationSpec } from './event-trigger.ts';

/** The SQL trigger of one operation and the function behind it, which have one name as on the reference. */
export interface SqlTrigger {
  /** `notify_hasura_<trigger>_<OPERATION>` */
  readonly name: string;
  readonly trigger: string;
  readonly operation: OperationSpec['operation'];
  readonly schema: string;
  readonly table: string;
  /** The body of the function. */
  readonly body: string;
  readonly firesOnReplication: boolean;
}

/** How the names of the engine's SQL triggers and their functions begin. */
export const sqlTriggerPrefix = 'notify_hasura_';

const literal = pg.escapeLiteral;

/** The SQL triggers that an event trigger needs. */
export function sqlTriggersOf(trigger: EventTrigger): SqlTrigger[] {
  return trigger.operations.map((spec) => ({
    name: `${sqlTriggerPrefix}${trigger.name}_${spec.operation}`,
    trigger: trigger.name,
    operation: spec.operation,
    schema: trigger.schema,
    table: trigger.table,
    body: functionBody(trigger, spec),
    firesOnReplication: trigger.firesOnReplication,
  }));
}

/**
 * Rows are read as JSON, never by the names of their columns: a migration that drops one may go on writing to
 * the table before the engine hears of it. The function runs as whoever writes the row and needs no more than
 * INSERT on the event log. `hasura.user` is empty, not null, on a connection that has had it before.
 */
function functionBody(trigger: EventTrigger, spec: OperationSpec): string {
  const oldRow = spec.operation === 'INSERT' ? 'NULL' : 'pg_catalog.to_jsonb(OLD)';
  const newRow = spec.operation === 'DELETE' ? 'NULL' : 'pg_catalog.to_jsonb(NEW)';
  const isUpdate = spec.operation === 'UPDATE';
  const unchanged = `  IF ${pick('old_row', spec.columns)} IS NOT DISTINCT FROM ${pick('new_row', spec.columns)} THEN
    RETURN NULL;
  END IF;
`;
  return `
DECLARE
  old_row jsonb := ${oldRow};
  new_row jsonb := ${newRow};
BEGIN
${isUpdate ? unchanged : ''}  INSERT INTO hdb_catalog.event_log (schema_name, table_name, trigger_name, payload, created_at)
  VALUES (
    ${literal(trigger.schema)}, ${literal(trigger.table)}, ${literal(trigger.name)},
    jsonb_build_object(
      'op', ${literal(spec.operation)},
      'data', jsonb_build_object(
        'old', ${oldRow === 'NULL' ? 'NULL' : tell('old_row', spec.payload, trigger.textColumns)},
        'new', ${newRow === 'NULL' ? 'NULL' : tell('new_row', spec.payload, trigger.textColumns)}
      ),
      'session_variables', nullif(current_setting('hasura.user', true), '')::jsonb,
      'trace_context', nullif(current_setting('hasura.tracecontext', true), '')::jsonb
    ),
    clock_timestamp() AT TIME ZONE 'UTC'
  );
  PERFORM pg_notify(${literal(eventChannel)}, '');
  RETURN NULL;
END
`;
}

/** A row cut to some of its columns. */
function pick(row: string, columns: ColumnList): string {
  if (columns === '*') return row;
  return `(SELECT jsonb_object_agg(key, value) FROM jsonb_each(${row}) WHERE key = ANY (${texts(columns)}))`;
}

/** The same, with the numbers of some columns as text. */
function tell(row: string, columns: ColumnList, textColumns: readonly string[]): string {
  const asText = columns === '*' ? textColumns : textColumns.filter((name) => columns.includes(name));
  if (columns === '*' && asText.length === 0) return row;
  const value =
    asText.length === 0
      ? 'value'
      : `CASE WHEN key = ANY (${texts(asText)}) AND jsonb_typeof(value) = 'number'
           THEN to_jsonb(value #>> '{}') ELSE value END`;
  const where = columns === '*' ? '' : ` WHERE key = ANY (${texts(columns)})`;
  return `(SELECT coalesce(jsonb_object_agg(key, ${value}), '{}'::jsonb) FROM jsonb_each(${row})${where})`;
}

function texts(names: readonly string[]): string {
  return `ARRAY[${names.map((name) => literal(name)).join(', ')}]::text[]`;
}

/** Makes or replaces the function. Its search path is pinned: it runs as whoever writes, with whatever path they have. */
export function createFunctionSql({ name, body }: SqlTrigger): string {
  return `CREATE OR REPLACE FUNCTION hdb_catalog.${pg.escapeIdentifier(name)}() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS ${literal(body)}`;
}

/** Installs an SQL trigger; for an update, also which columns it minds. */
export function createTriggerSql(trigger: SqlTrigger): string {
  const name = pg.escapeIdentifier(trigger.name);
  const statements = [
    `CREATE TRIGGER ${name} AFTER ${trigger.operation} ON ${tableName(trigger)} FOR EACH ROW
      EXECUTE FUNCTION hdb_catalog.${name}()`,
  ];
  if (trigger.firesOnReplication) statements.push(enableTriggerSql(trigger));
  return statements.join(';\n');
}

/** Sets whether the trigger fires for replicated rows too. */
export function enableTriggerSql(trigger: SqlTrigger): string {
  const always = trigger.firesOnReplication ? 'ALWAYS ' : '';
  return `ALTER TABLE ${tableName(trigger)} ENABLE ${always}TRIGGER ${pg.escapeIdentifier(trigger.name)}`;
}

/** Takes a trigger function away, and with it the SQL triggers that call it. */
export function dropFunctionSql(name: string): string {
  return `DROP FUNCTION IF EXISTS hdb_catalog.${pg.escapeIdentifier(name)}() CASCADE`;
}

function tableName({ schema, table }: { schema: string; table: string }): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}
