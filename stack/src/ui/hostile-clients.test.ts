import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@tierline/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startUiServer, type UiServer } from './ui-server.ts';

/** A server behind that keeps every byte of each of its connections, and answers each once. */
let behind: Server;
let connections: Array<{ text: string; socket: Socket }>;
let answerOfBehind: string;
let folder: string;
let server: UiServer;
let port: number;

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const OPENING =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
const HIDDEN = 'GET /metrics HTTP/1.1\r\nHost: ui\r\n\r\n';
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-ui-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Portal</title>');
  behind = createServer((socket) => {
    const connection = { text: '', socket };
    connections.push(connection);
    let isAnswered = false;
    socket.on('error', () => undefined);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      connection.text += chunk;
      if (isAnswered || !connection.text.includes('\r\n\r\n')) return;
      isAnswered = true;
      socket.write(answerOfBehind);
    });
  }).listen(0, '127.0.0.1');
  await once(behind, 'listening');
  const origin = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
  port = await findFreePort();
  server = await startUiServer({
    folder,
    basePath: '/portal',
    startPage: '/portal/dashboard',
    allowsInlineStyles: false,
    host: '127.0.0.1',
    port,
    engine: origin,
    actions: origin,
    actionSecret: 'a secret of the stack',
    trustedProxies: [],
  });
});

beforeEach(() => {
  connections = [];
  answerOfBehind = OK;
});

afterAll(async () => {
  await server.close();
  for (const { socket } of connections) socket.destroy();
  behind.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sends bytes and reads until the server has closed, or has said `until`. */
async function exchange(text: string, until?: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text, 'latin1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
    if (until !== undefined && answer.includes(until)) socket.destroy();
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return answer;
}

/** The requests in a text as a strict reader of HTTP finds them: what a server behind would take them for. */
async function requestsIn(text: string): Promise<Array<{ line: string; body: string }>> {
  const found: Array<{ line: string; body: string }> = [];
  const reader = createHttpServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      found.push({ line: `${request.method} ${request.url}`, body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(reader, 'listening');
  // As a server does that keeps connections: what `Connection: close` says is not what protects.
  const socket = connect((reader.address() as AddressInfo).port, '127.0.0.1');
  socket.end(text.replaceAll(/connection: close/gi, 'Connection: keep-alive'), 'latin1');
  socket.resume();
  await once(socket, 'close');
  reader.close();
  return found;
}

describe('a request hidden in the body of another', () => {
  it.each(['DELETE', 'OPTIONS', 'GET', 'POST', 'PUT', 'PATCH', 'HEAD'])(
    'stays the body of a %s, in chunks or of a stated length',
    async (method) => {
      for (const body of [
        `Transfer-Encoding: chunked\r\n\r\n${chunked(HIDDEN)}`,
        `Content-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
        `Connection: upgrade\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
        `Connection: upgrade\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(HIDDEN)}`,
        `Connection: content-length, transfer-encoding\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
      ]) {
        connections = [];
        answerOfBehind = '';
        const asked = exchange(`${method} /api/x HTTP/1.1\r\nHost: ui\r\n${body}`, '200 OK');
        await expect
          .poll(() => requestsIn(connections[0]?.text ?? ''))
          .toEqual([{ line: `${method} /api/x`, body: HIDDEN }]);
        connections[0]?.socket.write(OK);
        await asked;
        expect(connections).toHaveLength(1);
      }
    },
  );

  it.each([
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 40\r\n'],
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n'],
    ['chunks that are not last', 'Transfer-Encoding: chunked, identity\r\n'],
    ['chunks by another name', 'Transfer-Encoding: xchunked\r\n'],
    ['a blank before the colon', 'Transfer-Encoding : chunked\r\n'],
    ['a folded line', 'X-A: b\r\n Transfer-Encoding: chunked\r\n'],
    ['a signed length', 'Content-Length: +5\r\n'],
  ])('is refused or nobody’s with %s', async (_name, headers) => {
    await exchange(`POST /api/x HTTP/1.1\r\nHost: ui\r\n${headers}\r\n0\r\n\r\n${HIDDEN}`, 'HTTP/1.1 4');
    for (const { text } of connections)
      for (const { line } of await requestsIn(text)) expect(line).toBe('POST /api/x');
  });

  it.each([
    ['of another protocol too', 'Connection: Upgrade\r\nUpgrade: h2c, websocket\r\n'],
    ['without a key', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'],
    ['with a body', `${OPENING}Content-Length: ${HIDDEN.length}\r\n`],
    ['with chunks', `${OPENING}Transfer-Encoding: chunked\r\n`],
  ])('does not pass behind an upgrade %s', async (_name, headers) => {
    const answer = await exchange(`GET /v1/graphql HTTP/1.1\r\nHost: ui\r\n${headers}\r\n${HIDDEN}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(connections).toEqual([]);
  });

  it.each(['h2c', 'TLS/1.0', 'websocket'])('stays the body of a POST that offers %s', async (protocol) => {
    const offer = `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n`;
    for (const body of [
      `Content-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
      `Transfer-Encoding: chunked\r\n\r\n${chunked(HIDDEN)}`,
    ]) {
      connections = [];
      const answer = await exchange(`POST /v1/graphql HTTP/1.1\r\nHost: ui\r\n${offer}${body}`, '\r\n\r\n');
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      await expect
        .poll(() => requestsIn(connections[0]?.text ?? ''))
        .toEqual([{ line: 'POST /v1/graphql', body: HIDDEN }]);
      expect(connections[0]?.text).not.toMatch(/^(upgrade|http2-settings):/im);
    }
  });

  it('does not pass behind a GET that offers to speak something else', async () => {
    const offer = 'Connection: Upgrade, close\r\nUpgrade: h2c\r\n';
    const answer = await exchange(`GET /v1/graphql HTTP/1.1\r\nHost: ui\r\n${offer}\r\n${HIDDEN}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(connections.map(({ text }) => text).join('')).not.toContain('/metrics');
  });

  it('does not pass behind the opening of a WebSocket that the server behind refuses', async () => {
    const answer = await exchange(`GET /v1/graphql HTTP/1.1\r\nHost: ui\r\n${OPENING}\r\n${HIDDEN}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(connections.map(({ text }) => text).join('')).not.toContain('/metrics');
  });

  it.each([
    'CONNECT /api/x',
    'TRACE /api/x',
    'OPTIONS *',
    'GET ab:%',
    'GET http://x:99999/api',
    'PROPFIND /api/x',
  ])('is not %s', async (line) => {
    await exchange(`${line} HTTP/1.1\r\nHost: ui\r\nConnection: close\r\n\r\n`);
    expect(connections).toEqual([]);
  });
});

describe('whatever a browser does', () => {
  /** Opens a connection, does something to it, and resets it. */
  async function reset(text: string, until: (answer: string) => boolean): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    let answer = '';
    const isTime = new Promise<void>((resolve) => {
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        answer += chunk;
        if (until(answer)) resolve();
      });
      socket.once('close', () => resolve());
    });
    await isTime;
    socket.resetAndDestroy();
  }
  const isWell = async () => (await fetch(`http://127.0.0.1:${port}/portal/dashboard`)).status;

  it('a reset after a refused upgrade ends nobody else', async () => {
    for (let round = 0; round < 20; round++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET /nowhere HTTP/1.1\r\nHost: ui\r\n${OPENING}\r\n`);
      await once(socket, 'connect');
      // At another moment of the exchange each time: before, while and after it is answered.
      await sleep(round % 5);
      socket.resetAndDestroy();
    }
    await reset(`GET /nowhere HTTP/1.1\r\nHost: ui\r\n${OPENING}\r\n`, (answer) => answer.includes('404'));
    expect(await isWell()).toBe(200);
  });

  it('a reset of either side of a WebSocket ends the other, and nobody else', async () => {
    answerOfBehind =
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello';
    const opening = `GET /v1/graphql HTTP/1.1\r\nHost: ui\r\n${OPENING}\r\n`;
    await reset(opening, (answer) => answer.includes('hello'));
    await expect.poll(() => connections[0]?.socket.destroyed).toBe(true);
    const ours = exchange(opening);
    await expect.poll(() => connections[1]?.text).toContain('websocket');
    connections[1]?.socket.resetAndDestroy();
    await ours;
    expect(await isWell()).toBe(200);
  });

  it('a reset in the middle of a body ends the request behind, and nobody else', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /api/x HTTP/1.1\r\nHost: ui\r\nContent-Length: 100\r\n\r\nhalf');
    await expect.poll(() => connections[0]?.text).toContain('half');
    socket.resetAndDestroy();
    await expect.poll(() => connections[0]?.socket.destroyed).toBe(true);
    expect(await isWell()).toBe(200);
  });

  it.each(['bytes=5-2', 'bytes=0-999999', 'bytes=-', 'bytes=99999-', 'lines=1-2', 'bytes=0-0,1-1'])(
    'the range %s of a page ends nobody',
    async (range) => {
      const answer = await fetch(`http://127.0.0.1:${port}/portal/dashboard`, { headers: { Range: range } });
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<title>Portal</title>');
    },
  );

  it.each([
    ['not HTTP', 'HTTP/1.1 abc\r\n\r\n'],
    ['cut short', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
    ['a header that cannot be', 'HTTP/1.1 200 OK\r\nX-A: \x7f\r\nContent-Length: 0\r\n\r\n'],
    ['a number that is no status', 'HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'],
  ])('an answer from behind that is %s ends that request alone', async (_name, text) => {
    answerOfBehind = text;
    const asked = exchange('GET /api/x HTTP/1.1\r\nHost: ui\r\nConnection: close\r\n\r\n');
    await expect.poll(() => connections[0]?.text).toContain('/api/x');
    connections[0]?.socket.end();
    await asked;
    expect(await isWell()).toBe(200);
  });
});
