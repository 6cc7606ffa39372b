import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from './pool.ts';
import { WriteProbe } from './write-probe.ts';

let roomy: Pool;
let cramped: Pool;

beforeAll(async () => {
  const pools = [];
  for (const isCramped of [false, true]) {
    const database = await createTestDatabase({ migrated: false });
    // What stands in for a disk without room, as far as a test can: Postgres refuses the probe's file.
    if (isCramped) await database.query(`alter database ${database.name} set temp_file_limit = '64kB'`);
    pools.push(
      createPool({
        databaseUrl: database.url,
        maxConnections: 2,
        connectTimeoutMs: 10_000,
        connectRetries: 0,
        idleTimeoutSeconds: 60,
        lifetimeSeconds: 600,
        applicationName: 'write probe',
        onIdleError: () => undefined,
      }),
    );
  }
  [roomy, cramped] = pools as [Pool, Pool];
});

afterAll(() => Promise.all([roomy, cramped].map((pool) => pool?.close())));

it('finds nothing wrong where Postgres has room for a new file, and leaves the connection as it was', async () => {
  expect(await new WriteProbe(roomy).findProblem()).toBeNull();
  expect(await roomy.queryRow({ text: `SELECT current_setting('work_mem') <> '64kB'` }, [])).toEqual(['t']);
});

it('says what is wrong where it has none, although reads go on', async () => {
  expect(await new WriteProbe(cramped).findProblem()).toBe(
    'it may write no temporary files (temp_file_limit)',
  );
  expect(await cramped.queryRow({ text: `SELECT '1'` }, [])).toEqual(['1']);
});

it('asks once in five seconds, however often it is asked', async () => {
  let asked = 0;
  const counting: Pool = {
    ...roomy,
    withClient: (work) => {
      asked += 1;
      return roomy.withClient(work);
    },
  };
  const probe = new WriteProbe(counting);
  await Promise.all([1000, 1001, 5999].map((now) => probe.findProblem(now)));
  expect(asked).toBe(1);
  await probe.findProblem(6000);
  expect(asked).toBe(2);
});
