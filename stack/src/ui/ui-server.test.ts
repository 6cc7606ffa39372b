import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { brotliCompressSync } from 'node:zlib';
import { findFreePorts } from '@tierline/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUiServer, type UiServer } from './ui-server.ts';

let folder: string;
let upstream: Server;
let received: IncomingMessage[];
let server: UiServer;
let origin: string;
let ports: number[];
let isUpstreamWell = true;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-ui-'));
  const page = '<!doctype html><title>Portal</title>'.padEnd(2000, ' ');
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'index.html.br'), brotliCompressSync(page));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {};');
  await writeFile(join(folder, '..', 'tierline-secret.txt'), 'not for you');
  received = [];
  ports = await findFreePorts(3);
  upstream = createServer((request, response) => {
    received.push(request);
    if (request.url === '/api/endless.csv') return sendEndlessly(response);
    response.statusCode = isUpstreamWell ? 200 : 503;
    response.end(`${request.method} ${request.url}`);
  });
  upstream.on('upgrade', (request, socket) => {
    received.push(request);
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello',
    );
  });
  upstream.listen(ports[0], '127.0.0.1');
  await once(upstream, 'listening');
  server = await startUiServer({
    folder,
    basePath: '/portal',
    startPage: '/portal/dashboard',
    allowsInlineStyles: false,
    host: '127.0.0.1',
    port: ports[1] as number,
    engine: `http://127.0.0.1:${ports[0]}`,
    actions: `http://127.0.0.1:${ports[0]}`,
    actionSecret: 'a secret of the stack',
    trustedProxies: [],
  });
  origin = `http://127.0.0.1:${ports[1]}`;
});

afterAll(async () => {
  await server.close();
  upstream.closeAllConnections();
  upstream.close();
  await rm(folder, { recursive: true, force: true });
  await rm(join(folder, '..', 'tierline-secret.txt'), { force: true });
});

/** A download that ends only when whoever asked for it leaves. */
function sendEndlessly(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/csv' });
  Readable.from(endlessRows()).pipe(response);
}

function* endlessRows(): Generator<string> {
  for (;;) yield `${'x'.repeat(1000)}\r\n`;
}

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { redirect: 'manual', ...init });

describe('pages', () => {
  it.each(['/', '/portal', '/portal/'])('leads from %s to the start page', async (path) => {
    const answer = await get(`${path}?ask=2`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/portal/dashboard?ask=2']);
  });

  it('answers every route of the application with the page, compressed and never stored blindly', async () => {
    const answer = await get('/portal/dashboard', { headers: { 'Accept-Encoding': 'br' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<title>Portal</title>');
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  });

  it('lets hashed files be kept for ever and says so when one is missing', async () => {
    const found = await get('/portal/assets/main-abc123.js');
    expect(found.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(found.headers.get('content-type')).toMatch(/javascript/);
    expect((await get('/portal/assets/main-gone.js')).status).toBe(404);
  });

  it('keeps the page to its own origin', async () => {
    const { headers } = await get('/portal/dashboard');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/portal/../../tierline-secret.txt',
    '/portal/..%2f..%2ftierline-secret.txt',
    '/portal/%2e%2e/%2e%2e/tierline-secret.txt',
    '/portal/%00',
    '/portal/%',
    '/elsewhere',
    '/hasura/actions/login',
    '/v1/metadata',
    '/v2/query',
    '/console',
    '/metrics',
    '/apix',
    '/v1/graphql/x',
    '/api/../metrics',
    '/api/%2e%2e/hasura/actions/login',
    '/api/..\\metrics',
    '//[/api/x',
  ])('gives nothing away at %s', async (path) => {
    received = [];
    const text = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text).not.toContain('not for you');
    expect(text).toMatch(/^HTTP\/1.1 (404|400|200|302)/);
    expect(received).toEqual([]);
  });

  it('takes nothing but GET and HEAD', async () => {
    expect((await get('/portal/dashboard', { method: 'POST' })).status).toBe(405);
  });
});

describe('what belongs to the servers behind', () => {
  it.each(['/api/auth/login', '/api', '/v1/graphql'])('passes %s on', async (path) => {
    const answer = await get(`${path}?a=1`, { method: 'POST', body: '{}' });
    expect(await answer.text()).toBe(`POST ${path}?a=1`);
  });

  it('says whom it speaks for and believes no caller about it', async () => {
    received = [];
    await get('/api/x', {
      headers: { 'X-Forwarded-For': '6.6.6.6', Forwarded: 'for=6.6.6.6', 'X-Real-IP': '6.6.6.6' },
    });
    const headers = received[0]?.headers;
    expect(headers?.['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers?.forwarded).toBeUndefined();
    expect(headers?.['x-real-ip']).toBeUndefined();
    expect(headers?.['x-action-secret']).toBe('a secret of the stack');
    await get('/v1/graphql', { headers: { 'X-Action-Secret': 'forged' } });
    expect(received[1]?.headers['x-action-secret']).toBeUndefined();
  });

  it('passes a download on as it comes, and ends it for the server behind when the browser leaves', async () => {
    const answer = await get('/api/endless.csv');
    expect(answer.headers.get('content-type')).toBe('text/csv');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(0);
    const { socket } = received.at(-1) as IncomingMessage;
    // Reset is as good an end as any.
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await reader.cancel();
    await ended;
  });

  it('passes WebSockets of GraphQL on, and no others', async () => {
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${OPENING}X-Forwarded-For: 6.6.6.6\r\n\r\n`;
    received = [];
    expect(await raw(upgrade('/v1/graphql'), 'hello')).toContain('101 Switching Protocols');
    expect(received[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(await raw(upgrade('/v2/query'))).toContain('404 Not Found');
  });

  it('is healthy only while they are', async () => {
    expect((await get('/healthz')).status).toBe(200);
    isUpstreamWell = false;
    const answer = await get('/healthz');
    isUpstreamWell = true;
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('The engine answers 503.');
  });

  it('says plainly that a server behind is down', async () => {
    const lonely = await startUiServer({
      folder,
      basePath: '/portal',
      startPage: '/portal/dashboard',
      allowsInlineStyles: false,
      host: '127.0.0.1',
      port: ports[2] as number,
      engine: 'http://127.0.0.1:1',
      actions: 'http://127.0.0.1:1',
      actionSecret: 'a secret of the stack',
      trustedProxies: [],
    });
    const answer = await fetch(`http://127.0.0.1:${ports[2]}/api/auth/login`, { method: 'POST' });
    await lonely.close();
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ success: false, code: 'INTERNAL_ERROR' });
  });
});

/** What makes a request the opening of a WebSocket. */
const OPENING =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';

/** Sends bytes as they are, which no polite client would, and reads until the end or `until`. */
function raw(text: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(ports[1] as number, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      answer += chunk;
      if (until && answer.includes(until)) socket.destroy();
    });
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });
}
