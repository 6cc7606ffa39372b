import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startFakeServer, TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';

type Started = Awaited<ReturnType<typeof startFakeServer>>;

// What nobody catches ends this process too: the run fails then, whatever is expected below.
describe('a socket that breaks off', () => {
  let started: Started;
  beforeAll(async () => {
    started = await startFakeServer();
  });
  afterAll(() => started.http.close(100));

  async function open(text: string): Promise<Socket> {
    const socket = connect({ port: Number(new URL(started.url).port), allowHalfOpen: true });
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(text);
    return socket;
  }

  const UPGRADE =
    'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

  it.each([
    ['after a refused upgrade', `GET /elsewhere HTTP/1.1\r\n${UPGRADE}`],
    [
      'after an upgrade that is none',
      `GET /v1/graphql HTTP/1.1\r\n${UPGRADE.replace('Version: 13', 'Version: 1')}`,
    ],
    ['after an upgrade', `GET /v1/graphql HTTP/1.1\r\n${UPGRADE}`],
    ['after an answer', 'GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['after a request that is none', 'GET\0/ HTTP/9\r\n\r\n'],
    ['after a method that nobody has', 'BREW /v1/graphql HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['after CONNECT', 'CONNECT db:5432 HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'after an expectation',
      'POST /v1/graphql HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 9\r\n\r\n',
    ],
    ['after half a frame', `GET /v1/graphql HTTP/1.1\r\n${UPGRADE}\x81\xfe`],
  ])('%s takes nobody with it', async (_, text) => {
    const socket = await open(text);
    await Promise.race([once(socket, 'data'), once(socket.resume(), 'end')]);
    const closed = once(socket, 'close');
    socket.resetAndDestroy();
    await closed;
    expect((await fetch(`${started.url}/v1/version`)).status).toBe(200);
  });

  it('is let go of once its upgrade is refused, although the other side keeps its half', async () => {
    const before = await connections(started);
    const socket = await open(`GET /elsewhere HTTP/1.1\r\n${UPGRADE}`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 404 Not Found/);
    await expect.poll(() => connections(started)).toBe(before);
    socket.destroy();
  });
});

function connections({ http }: Started): Promise<number> {
  return new Promise((resolve, reject) => {
    http.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

describe('a message that nobody can answer', () => {
  it.each([
    ['graphql-transport-ws', 'ping'],
    ['graphql-transport-ws', 'subscribe'],
    ['graphql-ws', 'start'],
    ['graphql-ws', 'connection_init'],
  ])('ends its own socket at most: %s, %s', async (protocol, type) => {
    const { url, http } = await startFakeServer();
    const other = new WebSocket(`${url.replace('http', 'ws')}/v1/graphql`, 'graphql-transport-ws');
    await once(other, 'open');
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/graphql`, protocol);
    await once(socket, 'open');
    const nested = `${'['.repeat(8000)}1${']'.repeat(8000)}`;
    const heard = Promise.race([once(socket, 'message'), once(socket, 'close')]);
    socket.send(
      `{"type":"${type}","id":"1","payload":{"headers":${nested},"query":${nested},"deep":${nested}}}`,
    );
    await heard;
    const headers = { 'x-hasura-admin-secret': TEST_ADMIN_SECRET };
    other.send(JSON.stringify({ type: 'connection_init', payload: { headers } }));
    expect(String((await once(other, 'message'))[0])).toContain('connection_ack');
    socket.terminate();
    other.terminate();
    await http.close(100);
  });
});

it('goes on after an accept that failed', async () => {
  const { url, http } = await startFakeServer();
  http.server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
  expect((await fetch(`${url}/v1/version`)).status).toBe(200);
  await http.close(100);
});

describe('an offer to speak something else than HTTP', () => {
  let started: Started;
  beforeAll(async () => {
    started = await startFakeServer();
  });
  afterAll(() => started.http.close(100));

  const body = '{"query":"{ a }"}';
  const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const offer = (protocol: string) =>
    'Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\n' +
    `Upgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAAQBAAAAAAIAAAAA\r\nx-hasura-admin-secret: ${TEST_ADMIN_SECRET}\r\n`;

  /** What is answered to each part, one after the other over one connection. */
  async function converse(...parts: string[]): Promise<string[]> {
    const socket = connect(Number(new URL(started.url).port));
    const answers: string[] = [];
    for (const part of parts) {
      socket.write(part);
      const [answer] = await Promise.race([once(socket, 'data'), once(socket, 'end').then(() => ['ended'])]);
      answers.push(String(answer));
    }
    socket.destroy();
    return answers;
  }

  // As Java's HttpClient does with the first request of a connection.
  it.each(['h2c', 'TLS/1.0', 'websocket'])('is none to a POST: %s', async (protocol) => {
    const head = `POST /v1/graphql HTTP/1.1\r\n${offer(protocol)}`;
    const answers = await converse(
      `${head}Content-Length: ${body.length}\r\n\r\n${body}`,
      `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}`,
      'GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    expect(answers).toEqual([
      expect.stringMatching(/^HTTP\/1\.1 200 .*"role":"admin"/s),
      expect.stringMatching(/^HTTP\/1\.1 200 .*"role":"admin"/s),
      expect.stringMatching(/^HTTP\/1\.1 200 .*"server_type"/s),
    ]);
  });

  it('leaves the GET that makes it a GET, unless it is a WebSocket', async () => {
    const [version, none, refused] = await converse(
      `GET /v1/version HTTP/1.1\r\n${offer('h2c')}\r\n`,
      `GET /v1/graphql HTTP/1.1\r\n${offer('h2c')}\r\n`,
      `GET /elsewhere HTTP/1.1\r\n${offer('WebSocket, h2c')}\r\n`,
    );
    expect(version).toContain('"server_type"');
    expect(none).toMatch(/^HTTP\/1\.1 404 .*connection: keep-alive/is);
    expect(refused).toMatch(/^HTTP\/1\.1 404 .*connection: close/is);
  });
});
