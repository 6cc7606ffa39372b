import type { Session } from '../auth/session.ts';
import type { Pool } from '../execute/pool.ts';
import { parseJson } from '../http/parse-json.ts';

/** A call of an asynchronous action that waits for its handler. */
export interface NewActionRun {
  readonly actionName: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sessionVariables: Readonly<Record<string, string>>;
  /** Client headers that the handler is to see. */
  readonly requestHeaders: Readonly<Record<string, string>>;
}

/** What is known of an asynchronous action's call. */
export interface ActionRun {
  readonly id: string;
  /** As Postgres writes a timestamp in JSON. */
  readonly createdAt: string;
  readonly errors: unknown;
  readonly output: unknown;
}

// The reference's own table, so that either server finds what the other left. The index is ours: workers ask
// for what is open every second, however much is done.
const openIndex = 'hdb_catalog.hdb_action_log_open_idx';
/** The table with its index, where they are missing. */
export const actionLogTables = `
  SELECT pg_advisory_xact_lock(hashtextextended('hdb_catalog.hdb_action_log', 0));
  CREATE SCHEMA IF NOT EXISTS hdb_catalog;
  CREATE TABLE IF NOT EXISTS hdb_catalog.hdb_action_log (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    action_name text,
    input_payload jsonb NOT NULL,
    request_headers jsonb NOT NULL,
    session_variables jsonb NOT NULL,
    response_payload jsonb,
    errors jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    response_received_at timestamptz,
    status text NOT NULL CHECK (status IN ('created', 'processing', 'completed', 'error'))
  );
  CREATE INDEX IF NOT EXISTS hdb_action_log_open_idx ON hdb_catalog.hdb_action_log (created_at)
    WHERE status IN ('created', 'processing')`;

/** Makes the table where it is missing; several engines may start on one database at once. */
export async function prepareActionLog(pool: Pool): Promise<void> {
  const [isThere] = await pool.queryRow(
    { text: `SELECT (to_regclass('${openIndex}') IS NOT NULL)::text` },
    [],
  );
  // Asking again for what is there would still wait for every writer of the table.
  if (isThere !== 'true') await pool.withClient((client) => client.query(actionLogTables));
}

const insertText = `
  INSERT INTO hdb_catalog.hdb_action_log (action_name, input_payload, session_variables, request_headers, status)
  VALUES ($1, $2::jsonb, $3::jsonb, $4::jsonb, 'created') RETURNING id::text`;

/** Writes a call down for the background; answers its id. */
export async function startActionRun(pool: Pool, run: NewActionRun): Promise<string> {
  const [id] = await pool.queryRow({ text: insertText, name: 'start-action-run' }, [
    run.actionName,
    JSON.stringify(run.input),
    JSON.stringify(run.sessionVariables),
    JSON.stringify(run.requestHeaders),
  ]);
  return id as string;
}

const findText = `
  SELECT id::text, to_json(created_at) #>> '{}', errors::text, response_payload::text
  FROM hdb_catalog.hdb_action_log
  WHERE id = $1::uuid AND action_name = $2 AND ($3::jsonb IS NULL OR session_variables = $3::jsonb)`;

/** A call by its id. It is private to the session that started it, down to its last variable; admin sees all. */
export async function findActionRun(
  pool: Pool,
  actionName: string,
  id: string,
  session: Session,
): Promise<ActionRun | null> {
  const variables = session.isAdmin ? null : JSON.stringify(session.variables);
  const [row] = await pool.queryRows({ text: findText, name: 'find-action-run' }, [
    id,
    actionName,
    variables,
  ]);
  if (!row) return null;
  const [ownId, createdAt, errors, output] = row;
  return {
    id: ownId as string,
    createdAt: createdAt as string,
    errors: errors ? parseJson(errors) : null,
    output: output ? parseJson(output) : null,
  };
}

const finishText = `
  UPDATE hdb_catalog.hdb_action_log
  SET status = $2, response_payload = $3::jsonb, errors = $4::jsonb, response_received_at = now()
  WHERE id = $1::uuid AND status = 'processing'`;

/** Writes down how a call ended. */
export async function finishActionRun(
  pool: Pool,
  id: string,
  outcome: { readonly output: unknown } | { readonly errors: unknown },
): Promise<void> {
  const values =
    'errors' in outcome
      ? [id, 'error', null, JSON.stringify(outcome.errors)]
      : [id, 'completed', JSON.stringify(outcome.output ?? null), null];
  await pool.queryRows({ text: finishText, name: 'finish-action-run' }, values);
}
