import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { withClient, withDatabase } from './connection.ts';
import './provided.ts';
import { ensureTemplate } from './template.ts';

export { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';

/** Which template a test database is copied from. */
export interface TestDatabaseOptions {
  /** All tables of hasura/migrations. Default true. */
  readonly migrated?: boolean;
  /** The demo data of hasura/seeds too. */
  readonly seeded?: boolean;
}

/** A database of one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Runs one statement on the database's own pool. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    params?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
  /** A pool that is closed with the database. */
  pool(config?: pg.PoolConfig): pg.Pool;
  /** Closes the pools and drops the database; done after the file's tests in any case. */
  drop(): Promise<void>;
}

/** Copies a template (or makes an empty database) on the run's throw-away server. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresAdminUrl');
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const template = await templateFor(adminUrl, options);
  await withClient(adminUrl, (admin) => createFromTemplate(admin, name, template));
  const database = describeDatabase(adminUrl, name);
  opened.add(database);
  return database;
}

const opened = new Set<TestDatabase>();

afterAll(async () => {
  await Promise.all([...opened].map((database) => database.drop()));
});

function templateFor(adminUrl: string, options: TestDatabaseOptions): Promise<string> | string {
  if (options.seeded) return ensureTemplate(adminUrl, 'tierline_seeded');
  if (options.migrated ?? true) return ensureTemplate(adminUrl, 'tierline_migrated');
  return 'template0';
}

async function createFromTemplate(admin: pg.Client, name: string, template: string): Promise<void> {
  await admin.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
}

function describeDatabase(adminUrl: string, name: string): TestDatabase {
  const url = withDatabase(adminUrl, name);
  const pools = new Set<pg.Pool>();
  const openPool = (config: pg.PoolConfig = {}): pg.Pool => {
    const pool = new pg.Pool({ connectionString: url, max: 10, ...config });
    pool.on('error', () => undefined); // idle connections are cut when the database is dropped
    pools.add(pool);
    return pool;
  };
  let own: pg.Pool | undefined;
  const database: TestDatabase = {
    url,
    name,
    query: (sql, params) => {
      own ??= openPool({ max: 4 });
      return own.query(sql, params);
    },
    pool: openPool,
    drop: async () => {
      if (!opened.delete(database)) return;
      await Promise.all([...pools].filter((pool) => !pool.ended).map((pool) => pool.end()));
      await withClient(adminUrl, (admin) =>
        admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
      );
    },
  };
  return database;
}
