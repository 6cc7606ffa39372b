import { type Postgres, startPostgres, withClient } from '@tierline/postgres';
import pg from 'pg';
import { checkGivenDatabases } from './check-database.ts';
import type { Secrets } from './secrets.ts';
import type { Settings } from './settings/types.ts';

/** The database of a stack, embedded or somebody else's. */
export interface Database {
  /** As its owner: for migrations and the engine. */
  readonly url: string;
  /** As `tierline_actions`. */
  readonly actionsUrl: string;
  /** Set when the server is ours to keep running. */
  readonly embedded?: EmbeddedDatabase;
}

/** The first run of the embedded server, and how to start it again on the same data. */
export interface EmbeddedDatabase {
  readonly server: Postgres;
  startAgain(): Promise<Postgres>;
}

const ACTIONS_ROLE = 'tierline_actions';

/** Starts the embedded server, or takes the one that was given. The caller holds the data directory. */
export async function openDatabase(settings: Settings, secrets: Secrets): Promise<Database> {
  const { databaseUrl, actionsDatabaseUrl } = settings;
  if (databaseUrl) {
    await checkGivenDatabases({ databaseUrl, actionsDatabaseUrl });
    return { url: databaseUrl, actionsUrl: actionsDatabaseUrl ?? databaseUrl };
  }
  const start = () =>
    startPostgres({
      dataDir: settings.dataDir,
      port: settings.pgPort,
      password: secrets.pgPassword,
      database: 'tierline',
      isHeld: true,
    });
  const server = await start();
  try {
    await letActionsSignIn(server.url, secrets.actionsDatabasePassword);
    await checkGivenDatabases({ actionsDatabaseUrl });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    url: server.url,
    actionsUrl: actionsDatabaseUrl ?? actionsUrl(server.url, secrets),
    embedded: { server, startAgain: start },
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
