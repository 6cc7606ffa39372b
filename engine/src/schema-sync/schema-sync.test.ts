import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine, EngineOptions } from '../engine-types.ts';

const context = { headers: {}, requestId: 'test' };
/** So long that only a notification can bring a change in time. */
const NEVER_POLLS = 3_600_000;

describe('engines on one database', () => {
  let database: TestDatabase;
  const engines: Engine[] = [];

  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false });
    await database.query('create table author (id int primary key, name text)');
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.close()));
  });

  async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
    const engine = await createEngine({
      databaseUrl: database.url,
      schemaSyncPollIntervalMs: NEVER_POLLS,
      ...options,
    });
    engines.push(engine);
    return engine;
  }
  const api = (engine: Engine, type: string, args: unknown = {}, more: object = {}) =>
    engine.runMetadataRequest({ type, args, ...more }, adminSession);
  const ask = async (engine: Engine, query: string): Promise<unknown> => {
    try {
      return JSON.parse((await engine.execute({ query }, adminSession, context)).body);
    } catch (error) {
      return (error as Error).message;
    }
  };
  const isListening = () =>
    expect
      .poll(async () => {
        const { rows } = await database.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and query like 'LISTEN%'`,
        );
        return rows[0]?.n;
      })
      .toBe(engines.length);

  it('hear of each other’s changes, of metadata and of tables', async () => {
    const [one, two] = [await open(), await open()];
    await isListening();
    await api(one, 'track_table', 'author');
    await expect.poll(() => ask(two, '{ author { id name } }')).toEqual({ data: { author: [] } });
    await api(two, 'run_sql', { sql: 'alter table author add column born int' });
    await expect.poll(() => ask(one, '{ author { born } }')).toEqual({ data: { author: [] } });
    await database.query('alter table author add column died int');
    await api(one, 'reload_metadata');
    await expect.poll(() => ask(two, '{ author { died } }')).toEqual({ data: { author: [] } });
  });

  it('find a change by polling where notifications do not come through', async () => {
    const one = await open();
    const two = await open({ schemaSyncPollIntervalMs: 20 });
    await isListening();
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'LISTEN%'`);
    await api(one, 'track_table', 'author');
    await expect.poll(() => ask(two, '{ author { id } }')).toEqual({ data: { author: [] } });
  });

  it('change metadata in turn, so that nothing is lost and no number is given twice', async () => {
    const open3 = [await open(), await open(), await open()];
    const [one] = open3 as [Engine];
    const names = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await api(one, 'run_sql', { sql: names.map((name) => `create table ${name} (id int);`).join('') });
    const exported = () =>
      api(one, 'export_metadata', {}, { version: 2 }) as Promise<{ resource_version: number }>;
    const { resource_version: before } = await exported();
    await Promise.all(names.map((name, index) => api(open3[index % 3] as Engine, 'track_table', name)));
    const after = (await exported()) as { resource_version: number; metadata: { sources: { tables: [] }[] } };
    expect(after.resource_version).toBe(before + names.length);
    expect(after.metadata.sources[0]?.tables).toHaveLength(names.length);
  });

  it('refuse all but one of several changes that rest on the same number', async () => {
    const both = [await open(), await open()];
    await api(both[0] as Engine, 'run_sql', { sql: 'create table a (id int); create table b (id int)' });
    const { resource_version } = (await api(both[0] as Engine, 'export_metadata', {}, { version: 2 })) as {
      resource_version: number;
    };
    const outcomes = await Promise.allSettled(
      both.map((engine, index) => api(engine, 'track_table', index === 0 ? 'a' : 'b', { resource_version })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      status: 409,
    });
  });

  it('keep what they serve when somebody stores what they cannot serve, and say so once', async () => {
    const errors: string[] = [];
    const one = await open({
      onBackgroundError: (error) => errors.push(error.message),
      schemaSyncPollIntervalMs: 20,
    });
    await api(one, 'track_table', 'author');
    await database.query(`update hdb_catalog.hdb_metadata set resource_version = resource_version + 1,
      metadata = '{"version": 3, "sources": [], "remote_schemas": [{"name": "elsewhere"}]}'`);
    await expect.poll(() => errors).toEqual([expect.stringMatching(/the old one stays: remote_schemas/)]);
    expect(await ask(one, '{ author { id } }')).toEqual({ data: { author: [] } });
    await database.query(`update hdb_catalog.hdb_metadata set resource_version = resource_version + 1,
      metadata = '{"version": 3, "sources": []}'`);
    await expect.poll(() => ask(one, '{ author { id } }')).toMatch(/author/);
    expect(errors).toHaveLength(1);
  });

  it('answer every request while one state takes the place of another', async () => {
    const [one, two] = [await open(), await open()];
    await api(one, 'track_table', 'author');
    await expect.poll(() => ask(two, '{ author { id } }')).toEqual({ data: { author: [] } });
    let isChanging = true;
    const asking = Array.from({ length: 4 }, async () => {
      let count = 0;
      for (; isChanging; count += 1) {
        expect(await ask(two, '{ author { id } }')).toEqual({ data: { author: [] } });
      }
      return count;
    });
    for (let round = 0; round < 5; round += 1) {
      await api(one, 'run_sql', { sql: `create table round${round} (id int)` });
      await api(one, 'track_table', `round${round}`);
    }
    await expect.poll(() => ask(two, '{ round4 { id } }')).toEqual({ data: { round4: [] } });
    isChanging = false;
    for (const count of await Promise.all(asking)) expect(count).toBeGreaterThan(0);
  });

  it('take over a project that another one brings at its start', async () => {
    const one = await open();
    await isListening();
    const metadata = {
      version: 3 as const,
      sources: [
        {
          name: 'default',
          kind: 'postgres' as const,
          tables: [{ table: { schema: 'public', name: 'author' } }],
          configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
        },
      ],
    };
    await open({ metadata, storesMetadata: true });
    await expect.poll(() => ask(one, '{ author { id } }')).toEqual({ data: { author: [] } });
    const version = async () =>
      ((await api(one, 'export_metadata', {}, { version: 2 })) as { resource_version: number })
        .resource_version;
    const before = await version();
    await open({ metadata, storesMetadata: true });
    expect(await version()).toBe(before);
  });
});
