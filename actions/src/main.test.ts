import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSigningKey } from './testing/test-server.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
/** Nothing listens there: the server starts and stops without a database. */
const NO_DATABASE = 'postgres://tierline_actions:hidden@127.0.0.1:9/tierline';

let env: Record<string, string>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  env = {
    ACTIONS_PORT: '0',
    ACTIONS_DATABASE_URL: NO_DATABASE,
    ACTION_SECRET: 'a-secret-for-tests-only',
    JWT_SIGNING_KEYS: JSON.stringify([await createSigningKey()]),
    LOG_FORMAT: 'json',
  };
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function launch(change: Record<string, string> = {}) {
  const child = fork(MAIN, [], {
    env: { ...env, ...change },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  const streams = [child.stdout!, child.stderr!];
  let output = '';
  for (const stream of streams) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  // Node's own "close" does not come when we were the one to disconnect.
  const exited = Promise.all([once(child, 'exit'), ...streams.map((stream) => once(stream, 'close'))]).then(
    ([[code]]) => code as number | null,
  );
  return { child, exited, output: () => output };
}

async function start(change: Record<string, string> = {}) {
  const running = launch(change);
  const [message] = (await once(running.child, 'message')) as [{ type: string; port: number }];
  expect(message.type).toBe('ready');
  return { ...running, url: `http://127.0.0.1:${message.port}` };
}

describe('the process', () => {
  test('answers once it is ready, and ends with 0 on SIGTERM', async () => {
    const { child, exited, url, output } = await start();
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(503);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total');
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(output()).toContain('"reason":"SIGTERM"');
  });

  test('tells its figures to nobody without the token, where there is one', async () => {
    const { url } = await start({ METRICS_TOKEN: 'a-token-for-metrics' });
    const ask = (authorization?: string) =>
      fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} });
    for (const wrong of [undefined, 'Bearer', 'Bearer a-token-for-metric', 'Basic a-token-for-metrics']) {
      const answer = await ask(wrong);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.text()).not.toContain('process_cpu');
    }
    expect(await (await ask('Bearer a-token-for-metrics')).text()).toContain('process_cpu_seconds_total');
  });

  test('ends when its parent goes away', async () => {
    const { child, exited } = await start();
    child.disconnect();
    expect(await exited).toBe(0);
  });

  test('writes for people on demand', async () => {
    const { child, exited, output } = await start({ LOG_FORMAT: 'pretty' });
    child.kill('SIGINT');
    expect(await exited).toBe(0);
    expect(output()).toContain('listening');
    expect(() => JSON.parse(output().split('\n')[0]!)).toThrow();
  });

  test('lets a request under way finish before it ends', async () => {
    const { child, exited, url, output } = await start();
    const asking = request(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Expect: '100-continue' },
    });
    const answered = once(asking, 'response') as Promise<[IncomingMessage]>;
    asking.flushHeaders();
    // The server has it.
    await once(asking, 'continue');
    child.kill('SIGTERM');
    await expect.poll(output).toContain('stopping');
    asking.end(JSON.stringify({ email: 'a@b.c', password: 'x' }));
    const [answer] = await answered;
    expect(await json(answer)).toMatchObject({ code: 'DATABASE_ERROR' });
    expect(await exited).toBe(0);
  });
});

describe('a start that cannot work ends with 1 and one sentence', () => {
  test('for a setting', async () => {
    const { exited, output } = launch({ ACTION_SECRET: 'short' });
    expect(await exited).toBe(1);
    expect(output()).toBe('ACTION_SECRET must have at least 16 characters.\n');
  });

  test('for a taken port', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const { exited, output } = launch({ ACTIONS_PORT: String(port) });
    expect(await exited).toBe(1);
    expect(output()).toBe(`ACTIONS_PORT ${port} is in use already on 127.0.0.1: choose another one.\n`);
    blocker.close();
  });

  test('for an address that is not ours', async () => {
    const { exited, output } = launch({ HOST: '203.0.113.1', METRICS_TOKEN: 'a-token-for-metrics' });
    expect(await exited).toBe(1);
    expect(output()).toBe('HOST 203.0.113.1 is not an address of this machine.\n');
  });
});
