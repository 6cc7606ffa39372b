import { withClient } from '@tierline/postgres';
import pg from 'pg';
import { StackStartError } from './errors.ts';

/** A database that accepts a connection and says nothing is given up after this time. */
const PATIENCE_MS = 10_000;

/** Why a database does not let us in. The reason never holds the address: a password is part of that. */
export interface Refusal {
  /** Of the system or of Postgres, such as `ECONNREFUSED` or `28P01`. */
  readonly code: unknown;
  /** Whether Postgres itself refused, and so is there. */
  readonly isAnswer: boolean;
  readonly reason: string;
}

/** Connects and asks something; answers why that fails, or undefined. */
export async function tryDatabase(
  url: string,
  ask: (client: pg.Client) => Promise<void> = async (client) => {
    await client.query('select 1');
  },
  patienceMs: number = PATIENCE_MS,
): Promise<Refusal | undefined> {
  try {
    await withClient(url, ask, { patienceMs });
    return undefined;
  } catch (error) {
    if (error instanceof StackStartError) throw error;
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    if (/timeout/i.test(error.message) && code === undefined)
      return {
        code: 'ETIMEDOUT',
        isAnswer: false,
        reason: `it did not answer within ${patienceMs / 1000} s`,
      };
    // A host with several addresses fails with one error for all of them, which has a code and no message.
    return { code, isAnswer: error instanceof pg.DatabaseError, reason: error.message || String(code) };
  }
}

/** Looks whether the databases that a person named can be worked with; throws sentences that name the variables. */
export async function checkGivenDatabases(
  urls: { readonly databaseUrl?: string; readonly actionsDatabaseUrl?: string },
  patienceMs: number = PATIENCE_MS,
): Promise<void> {
  const { databaseUrl, actionsDatabaseUrl } = urls;
  const [owner, actions] = await Promise.all([
    databaseUrl === undefined ? undefined : tryDatabase(databaseUrl, checkOwner, patienceMs),
    actionsDatabaseUrl === undefined ? undefined : tryDatabase(actionsDatabaseUrl, undefined, patienceMs),
  ]);
  const reasons: string[] = [];
  if (owner) reasons.push(`The database of DATABASE_URL cannot be reached: ${owner.reason}.`);
  // A login that Postgres refuses may only come to be with the migrations; the action server says so itself after them.
  if (actions && !actions.isAnswer)
    reasons.push(`The database of ACTIONS_DATABASE_URL cannot be reached: ${actions.reason}.`);
  if (reasons.length > 0) throw new StackStartError(reasons);
}

/** Migrations make tables, so whoever applies them owns the place. What is there already belongs to whoever made it. */
async function checkOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string; name: string; schema: string | null }>(
    `select current_user as role, current_database() as name,
       case
         when exists (select from pg_namespace where nspname = 'private')
           then case when pg_has_role((select nspowner from pg_namespace where nspname = 'private'), 'usage') then null
             else 'owns the schema private' end
         when not has_database_privilege(current_database(), 'create') then 'may create schemas in the database'
         when not coalesce(has_schema_privilege('public', 'create'), false) then 'may create tables in the schema public'
       end as schema`,
  );
  const missing = rows[0]?.schema;
  if (!missing) return;
  throw new StackStartError(
    `DATABASE_URL signs in as ${rows[0]?.role}, which applies the migrations in ${rows[0]?.name} and cannot: ` +
      `it needs a role that ${missing}.`,
  );
}
