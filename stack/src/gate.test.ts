import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@tierline/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from './project.ts';

const hasNginx = spawnSync('nginx', ['-v']).error === undefined;
if (!hasNginx) console.log('not run: nginx missing (the gate of docker-compose.yml)');

let behind: Server;
let received: string[];
let folder: string;
let gate: ChildProcess;
let port: number;

/** The gate as production has it, but for addresses: those of containers are loopback's here. */
beforeAll(async () => {
  if (!hasNginx) return;
  received = [];
  behind = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers['x-forwarded-for']}`);
    if (request.url === '/api/waits') return;
    request.resume().on('end', () => response.end('ok'));
  });
  behind.on('upgrade', (_request, socket) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello',
    );
  });
  behind.listen(0, '127.0.0.1');
  await once(behind, 'listening');
  const address = `127.0.0.1:${(behind.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'tierline-gate-'));
  port = await findFreePort();
  const written = await readFile(join(PROJECT_ROOT, 'docker/gate/nginx.conf'), 'utf8');
  const changed = written
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace(/(actions:4000|graphql-engine:8080)/g, address)
    .replace('set_real_ip_from 172.30.250.10', 'set_real_ip_from 127.0.0.1')
    .replaceAll(' /tmp/', ` ${folder}/`);
  await writeFile(join(folder, 'nginx.conf'), changed);
  gate = spawn('nginx', ['-g', 'daemon off; master_process off;', '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
  });
  const isUp = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      ({ status }) => status === 404,
      () => false,
    );
  while (!(await isUp()) && gate.exitCode === null) await sleep(20);
});

afterAll(async () => {
  if (!hasNginx) return;
  gate.kill('SIGTERM');
  await once(gate, 'exit');
  behind.closeAllConnections();
  behind.close();
  await rm(folder, { recursive: true, force: true });
});

/** A call that the web server passes on for a client. */
const call = (path: string, client: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { 'X-Forwarded-For': client } });

describe.runIf(hasNginx)('the gate of production', () => {
  it.each(['/api', '/api/auth/login', '/.well-known/jwks.json', '/v1/graphql'])(
    'passes %s on',
    async (path) => {
      const answer = await call(`${path}?a=1`, '198.51.100.1', { method: 'POST', body: '{}' });
      expect([answer.status, received.at(-1)]).toEqual([200, `POST ${path}?a=1 198.51.100.1`]);
    },
  );

  it.each([
    '/metrics',
    '/hasura/actions/login',
    '/console',
    '/v1/metadata',
    '/v2/query',
    '/api/../metrics',
    '/api/%2e%2e/metrics',
    '/api/..%2fmetrics',
    '/apix',
    '/v1/graphql/x',
  ])('does not know %s', async (path) => {
    const before = received.length;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.2\r\nConnection: close\r\n\r\n`,
    );
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(received).toHaveLength(before);
  });

  it('refuses a body over 1 MB before it is sent', async () => {
    const answer = await call('/v1/graphql', '198.51.100.3', { method: 'POST', body: 'x'.repeat(1_100_000) });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { success: false, code: 'INVALID_INPUT', message: 'The request is too large: 1 MB at most.' },
    ]);
  });

  it('refuses one who asks too often, and serves the others', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const answer = await call('/api/x', '198.51.100.4');
        return { status: answer.status, text: await answer.text(), retry: answer.headers.get('retry-after') };
      }),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60);
    expect(refused.length).toBeGreaterThan(0);
    expect(JSON.parse(refused[0]?.text ?? '')).toMatchObject({ success: false, code: 'RATE_LIMITED' });
    expect(refused[0]?.retry).toBe('5');
    expect((await call('/api/x', '198.51.100.5')).status).toBe(200);
  });

  it('refuses one who holds too many requests open, and serves the others', async () => {
    const leaving = new AbortController();
    const waiting = Array.from({ length: 60 }, () =>
      call('/api/waits', '198.51.100.6', { signal: leaving.signal }).catch(() => undefined),
    );
    await expect
      .poll(() => received.filter((line) => line === 'GET /api/waits 198.51.100.6').length)
      .toBe(60);
    expect((await call('/api/x', '198.51.100.6')).status).toBe(429);
    expect((await call('/api/x', '198.51.100.7')).status).toBe(200);
    leaving.abort();
    await Promise.all(waiting);
  });

  it('opens WebSockets of GraphQL, and no others', async () => {
    const open = async (path: string) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.8\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
      );
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return chunk.toString().split('\r\n')[0];
    };
    expect(await open('/v1/graphql')).toBe('HTTP/1.1 101 Switching Protocols');
    expect(await open('/api/x')).toBe('HTTP/1.1 200 OK');
  });
});
