import { startCuttableProxy } from '@tierline/postgres/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { ANONYMOUS } from './testing/people.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer | undefined;

afterEach(async () => {
  vi.useRealTimers();
  await server?.stop();
});

const login = () => server!.act('login', { email: 'a@b.c', password: 'x' }, ANONYMOUS);

test('the server is healthy when the tables are there', async () => {
  server = await startTestServer();
  expect(await server.send('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('before the tables exist it says so, and the public keys answer all the same', async () => {
  server = await startTestServer({ migrated: false });
  const health = await server.send('/healthz');
  expect(health).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  expect(health.body.reason).toContain('migrations');
  const keys = await server.send('/.well-known/jwks.json');
  expect(keys).toMatchObject({ status: 200, body: { keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] } });
  expect(keys.headers.get('etag')).toMatch(/^W?\/?".+"$/);
  expect(await login()).toMatchObject({ status: 400, body: { extensions: { code: 'DATABASE_ERROR' } } });
});

test('while the database is away calls get DATABASE_ERROR, and it recovers by itself', async () => {
  const direct = await startTestServer();
  const { hostname, port } = new URL(direct.config.databaseUrl);
  const proxy = await startCuttableProxy(hostname, Number(port));
  const url = new URL(direct.config.databaseUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  server = await startTestServer({ env: { ACTIONS_DATABASE_URL: url.href } });
  try {
    expect(await login()).toMatchObject({ status: 401 });
    proxy.cut();
    expect(await server.send('/healthz')).toMatchObject({
      status: 503,
      body: { reason: expect.any(String) },
    });
    const refused = await login();
    expect(refused).toMatchObject({ status: 400, body: { extensions: { code: 'DATABASE_ERROR' } } });
    expect(JSON.stringify(refused.body)).not.toMatch(/ECONN|127\.0\.0\.1|terminated/);
    const overRest = await server.send('/api/auth/login', {
      method: 'POST',
      json: { email: 'a@b.c', password: 'x' },
    });
    expect(overRest).toMatchObject({ status: 500, body: { success: false, code: 'DATABASE_ERROR' } });
    proxy.mend();
    expect(await login()).toMatchObject({ status: 401 });
    expect(await server.send('/healthz')).toMatchObject({ status: 200 });
  } finally {
    await direct.stop();
    await server.stop();
    server = undefined;
    await proxy.close();
  }
});

/** Lets the time pass after which writing is tried again. */
function passTime(): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + 5000);
}

test('while nothing can be written it says so, although reads go on, until writing works again', async () => {
  server = await startTestServer();
  // Postgres refuses every write as it does without room on its disk.
  await server.admin.query(`
    create function private.refuse() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$;
    create trigger refuse before insert or update on private.rate_limits
      for each row execute function private.refuse()`);
  const refused = await server.send('/healthz');
  expect(refused).toMatchObject({
    status: 503,
    body: { status: 'unavailable', reason: 'The database takes no writes: its disk is full.' },
  });
  await server.admin.query('drop trigger refuse on private.rate_limits');
  // Nobody makes the server write by asking for its health.
  expect((await server.send('/healthz')).status).toBe(503);
  passTime();
  expect((await server.send('/healthz')).status).toBe(200);
});

test.each([
  ['is set to read only', 'default_transaction_read_only = on', 'it is a standby, or set to read only.'],
  ['has no room for a new file', "temp_file_limit = '64kB'", 'it may write no temporary files'],
])('a database that %s is told', async (_, setting, reason) => {
  server = await startTestServer();
  await server.admin.query(`alter database ${server.admin.name} set ${setting}`);
  expect(await server.send('/healthz')).toMatchObject({
    status: 503,
    body: { reason: expect.stringContaining(reason) },
  });
});
