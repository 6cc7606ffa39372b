import type pg from 'pg';
import { ensureEventCatalog } from './event-catalog.ts';
import type { EventTrigger } from './event-trigger.ts';
import {
  createFunctionSql,
  createTriggerSql,
  dropFunctionSql,
  enableTriggerSql,
  type SqlTrigger,
  sqlTriggerPrefix,
  sqlTriggersOf,
} from './trigger-sql.ts';

/** What the database is to hold. */
export interface WantedTriggers {
  readonly triggers: readonly EventTrigger[];
  /** Every event trigger that the metadata names, inconsistent ones too: their events are kept. */
  readonly names: readonly string[];
  /** Those of the metadata before: whichever has gone takes its waiting events with it. */
  readonly previousNames: readonly string[];
}

interface Installed {
  readonly name: string;
  readonly body: string;
  readonly places: readonly { readonly schema: string; readonly table: string; readonly mode: string }[];
}

const readInstalled = `
  SELECT p.proname AS name, p.prosrc AS body, (
    SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'mode', t.tgenabled)), '[]')
    FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    -- Those of partitions belong to the one of their table.
    WHERE t.tgfoid = p.oid AND t.tgparentid = 0
  ) AS places
  FROM pg_catalog.pg_proc p
  WHERE p.pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'hdb_catalog')
    AND p.prorettype = 'pg_catalog.trigger'::regtype AND starts_with(p.proname, $1)`;

/**
 * Makes the SQL triggers of the database those of the metadata, in the caller's transaction: by one engine at a
 * time, and without any lock on a table when nothing has to change.
 */
export async function reconcileTriggers(client: pg.ClientBase, wanted: WantedTriggers): Promise<void> {
  if (await isDone(client, wanted)) return;
  await ensureEventCatalog(client);
  // Waiting behind a long transaction on the table would make every writer wait behind this one.
  await client.query(`SET LOCAL lock_timeout = '10s'`);
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('hdb_catalog.event_triggers', 0))`);
  const dropped = (await installed(client))
    .map(({ name }) => triggerNameOf(name))
    .filter((name) => !wanted.names.includes(name));
  for (const statement of await plan(client, wanted)) await client.query(statement);
  await client.query(
    `UPDATE hdb_catalog.event_log SET archived = true
     WHERE trigger_name = ANY ($1) AND NOT delivered AND NOT error AND NOT archived`,
    [[...goneNames(wanted), ...dropped]],
  );
  await client.query(`SET LOCAL lock_timeout = DEFAULT`);
}

async function isDone(client: pg.ClientBase, wanted: WantedTriggers): Promise<boolean> {
  return goneNames(wanted).length === 0 && (await plan(client, wanted)).length === 0;
}

function goneNames({ names, previousNames }: WantedTriggers): string[] {
  return previousNames.filter((name) => !names.includes(name));
}

async function installed(client: pg.ClientBase): Promise<Installed[]> {
  return (await client.query<Installed>(readInstalled, [sqlTriggerPrefix])).rows;
}

/** The statements that lead from what is installed to what is wanted. */
async function plan(client: pg.ClientBase, { triggers, names }: WantedTriggers): Promise<string[]> {
  const found = new Map((await installed(client)).map((entry) => [entry.name, entry]));
  const wanted = new Map(triggers.flatMap(sqlTriggersOf).map((trigger) => [trigger.name, trigger]));
  const kept = new Set(triggers.map(({ name }) => name));
  const drops = [...found.keys()]
    .filter((name) => !wanted.has(name))
    // What cannot be resolved now keeps what it has: its events are not lost.
    .filter((name) => kept.has(triggerNameOf(name)) || !names.includes(triggerNameOf(name)))
    .map(dropFunctionSql);
  return [
    ...drops,
    ...[...wanted.values()].flatMap((trigger) => installSql(trigger, found.get(trigger.name))),
  ];
}

function installSql(wanted: SqlTrigger, found: Installed | undefined): string[] {
  if (!found) return [createFunctionSql(wanted), createTriggerSql(wanted)];
  const isHere = (place: { schema: string; table: string }): boolean =>
    place.schema === wanted.schema && place.table === wanted.table;
  if (!found.places.every(isHere)) {
    return [dropFunctionSql(wanted.name), createFunctionSql(wanted), createTriggerSql(wanted)];
  }
  const [place] = found.places;
  return [
    ...(found.body === wanted.body ? [] : [createFunctionSql(wanted)]),
    ...(place ? [] : [createTriggerSql(wanted)]),
    // One that somebody has switched off stays so.
    ...(place && 'OA'.includes(place.mode) && (place.mode === 'A') !== wanted.firesOnReplication
      ? [enableTriggerSql(wanted)]
      : []),
  ];
}

function triggerNameOf(sqlTrigger: string): string {
  return sqlTrigger.slice(sqlTriggerPrefix.length).replace(/_(INSERT|UPDATE|DELETE)$/, '');
}
