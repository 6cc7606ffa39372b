import { Client } from 'pg';
import { guarded, heardElsewhere } from '../guarded.ts';
import { locateSqlError } from './migration-error.ts';

/** Every engine that migrates the same database waits for this lock; the number is ours alone. */
const MIGRATION_LOCK = 7_305_804_402_618_477_121n;

/** One connection on which files are run in order while no other engine migrates the same database. */
export interface SqlSession {
  readonly client: Client;
  /** Runs a whole file in one transaction, `record` with it; on failure names file and line. */
  runFile(file: string, sql: string, record?: () => Promise<void>): Promise<void>;
}

/** Opens a connection, takes the migration lock, does the work and lets go of both. */
export async function withMigrationLock<T>(
  databaseUrl: string,
  work: (session: SqlSession) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'hasura-engine migrate' });
  // Without a listener a connection that breaks between two statements would end the process.
  client.on('error', heardElsewhere);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK.toString()]);
    return await work({ client, runFile: (file, sql, record) => runFile(client, file, sql, record) });
  } finally {
    await client.end();
  }
}

async function runFile(
  client: Client,
  file: string,
  given: string,
  record: (() => Promise<void>) | undefined,
): Promise<void> {
  // Some editors begin a file with a byte order mark, which is no SQL.
  const sql = given.replace(/^\uFEFF/, '');
  let finished = 0;
  const countCommand = guarded(() => {
    finished += 1;
  }, heardElsewhere);
  await client.query('begin');
  client.connection.on('commandComplete', countCommand);
  try {
    if (sql.trim() !== '') await client.query(sql);
  } catch (thrown) {
    client.connection.off('commandComplete', countCommand);
    await client.query('rollback');
    throw locateSqlError(file, sql, finished, thrown);
  } finally {
    client.connection.off('commandComplete', countCommand);
  }
  try {
    // What a file sets (pg_dump clears search_path, for one) must not reach the record or the next file.
    await client.query('reset session authorization');
    await client.query('reset all');
    await record?.();
    await client.query('commit');
  } catch (thrown) {
    await client.query('rollback');
    // Deferred constraints speak up at the commit, where no statement is to blame.
    throw locateSqlError(file, '', 0, thrown);
  }
}
