import { type Postgres, startPostgres, withClient } from '@tierline/postgres';
import pg from 'pg';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings/types.ts';

/** The database of a stack, embedded or somebody else's. */
export interface Database {
  /** As its owner: for migrations and the engine. */
  readonly url: string;
  /** As `tierline_actions`. */
  readonly actionsUrl: string;
  /** Set when the server is ours to stop. */
  readonly embedded?: Postgres;
}

const ACTIONS_ROLE = 'tierline_actions';

/** Starts the embedded server, or takes the one that was given. */
export async function openDatabase(settings: Settings, secrets: Secrets): Promise<Database> {
  if (settings.databaseUrl) {
    return { url: settings.databaseUrl, actionsUrl: settings.actionsDatabaseUrl ?? settings.databaseUrl };
  }
  const embedded = await startPostgres({
    dataDir: settings.dataDir,
    port: settings.pgPort,
    password: secrets.pgPassword,
    database: 'tierline',
  });
  try {
    await letActionsSignIn(embedded.url, secrets.actionsDatabasePassword);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  return {
    url: embedded.url,
    actionsUrl: settings.actionsDatabaseUrl ?? actionsUrl(embedded.url, secrets),
    embedded,
  };
}

/** Whether anybody could miss what is in there: demo data goes only into a database without vendors and users. */
export async function isWithoutData(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const tables = await client.query<{ both: boolean }>(
      `select to_regclass('public.vendors') is not null and to_regclass('public.users') is not null as both`,
    );
    if (!tables.rows[0]?.both) return false;
    const found = await client.query<{ empty: boolean }>(
      'select not exists (select from public.vendors) and not exists (select from public.users) as empty',
    );
    return found.rows[0]?.empty === true;
  });
}

/** Whether the demo logins work here. */
export async function hasDemoUsers(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const found = await client.query(`select 1 from public.users where email = 'vendor1@example.com'`);
    return found.rowCount === 1;
  });
}

/** Migrations make the role without a login; the password belongs to this machine, so it is set here. */
async function letActionsSignIn(url: string, password: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('select 1 from pg_roles where rolname = $1', [ACTIONS_ROLE]);
    const verb = found.rowCount === 0 ? 'create' : 'alter';
    await client.query(`${verb} role ${ACTIONS_ROLE} login password ${pg.escapeLiteral(password)}`);
  });
}

function actionsUrl(url: string, secrets: Secrets): string {
  const changed = new URL(url);
  changed.username = ACTIONS_ROLE;
  changed.password = secrets.actionsDatabasePassword;
  return changed.href;
}
