import type { Client } from 'pg';
import { parseJson } from '../http/parse-json.ts';

/** A call that a worker has taken upon itself. */
export interface ClaimedRun {
  readonly id: string;
  readonly actionName: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly sessionVariables: Readonly<Record<string, string>>;
}

/*
 * Who works on a call says so by an advisory lock of its connection. Postgres gives the lock back when the
 * connection ends, so a call marked as processing whose lock is free belongs to an engine that is no more.
 */
const lockKey = `hashtextextended('hdb_action_log:' || id::text, 0)`;

const claimText = `
  WITH picked AS MATERIALIZED (
    SELECT id FROM hdb_catalog.hdb_action_log WHERE status = 'created'
    ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE hdb_catalog.hdb_action_log SET status = 'processing' WHERE id IN (SELECT id FROM picked)
    RETURNING id, action_name, input_payload, request_headers, session_variables, created_at
  )
  SELECT id::text, action_name, input_payload::text, request_headers::text, session_variables::text,
    pg_advisory_lock(${lockKey})
  FROM claimed ORDER BY created_at`;

/** Takes up to so many calls that wait, oldest first; no other engine gets the same. */
export async function claimRuns(client: Client, atMost: number): Promise<readonly ClaimedRun[]> {
  const { rows } = await client.query(claimText, [atMost]);
  return rows.map((row) => ({
    id: row.id,
    actionName: row.action_name,
    input: parseJson(row.input_payload) as ClaimedRun['input'],
    requestHeaders: parseJson(row.request_headers) as ClaimedRun['requestHeaders'],
    sessionVariables: parseJson(row.session_variables) as ClaimedRun['sessionVariables'],
  }));
}

const orphansText = `
  WITH processing AS MATERIALIZED (
    SELECT id FROM hdb_catalog.hdb_action_log WHERE status = 'processing' AND id <> ALL ($1::uuid[])
  )
  SELECT id::text FROM processing WHERE pg_try_advisory_lock(${lockKey})`;

/** Puts back what engines left behind that are no more: it is waiting again, and will be called once more. */
export async function releaseOrphans(client: Client, own: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ id: string }>(orphansText, [own]);
  if (rows.length === 0) return 0;
  await releaseRuns(
    client,
    rows.map(({ id }) => id),
  );
  return rows.length;
}

/** Gives calls back unfinished. */
export async function releaseRuns(client: Client, ids: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE hdb_catalog.hdb_action_log SET status = 'created' WHERE id = ANY ($1::uuid[]) AND status = 'processing'`,
    [ids],
  );
  await unlockRuns(client, ids);
}

/** Says that calls are no longer worked on. */
export async function unlockRuns(client: Client, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query(`SELECT pg_advisory_unlock(${lockKey}) FROM unnest($1::uuid[]) AS id`, [ids]);
}

/** Says on a new connection that calls begun on a lost one are still worked on. */
export async function lockRuns(client: Client, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query(`SELECT pg_try_advisory_lock(${lockKey}) FROM unnest($1::uuid[]) AS id`, [ids]);
}
