import { type ClientRequest, type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { openRequest } from './forward-request.ts';
import { endToEndHeaders } from './message-headers.ts';

/** A WebSocket is opened or refused within this time. */
const PATIENCE_MS = 30_000;

/**
 * Whether a request asks for a WebSocket. Whatever else a client offers to speak, such as Java's h2c, its request is
 * answered in HTTP as if it had not. Source: RFC 6455 section 4.1.
 */
export function opensWebSocket({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  const offered = headers.upgrade?.split(',') ?? [];
  return method === 'GET' && offered.some((protocol) => protocol.trim().toLowerCase() === 'websocket');
}

/**
 * Passes the opening of a WebSocket on. Nothing that the browser sent behind its request reaches the server behind before
 * that one has agreed to speak WebSocket: until then it would be read as a request of its own.
 */
export function forwardUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, origin: string): void {
  const mistake = findMistake(request);
  if (mistake !== undefined) return void refuseUpgrade(socket, 400, mistake);
  let upstream: ClientRequest;
  try {
    upstream = openRequest(origin, {
      method: 'GET',
      path: request.url as string,
      headers: { ...endToEndHeaders(request.headers), connection: 'Upgrade', upgrade: 'websocket' },
    });
  } catch {
    return void refuseUpgrade(socket, 400, 'The path or a header is not HTTP.');
  }
  upstream.setTimeout(PATIENCE_MS, () => upstream.destroy(new Error('The server behind says nothing.')));
  upstream.on('error', () => refuseUpgrade(socket, 503, 'The server is not reachable right now.'));
  upstream.on('response', (answer) => {
    answer.resume();
    refuseUpgrade(socket, answer.statusCode as number, 'The server opens no WebSocket.');
    upstream.destroy();
  });
  upstream.on('upgrade', (answer, behind, first) => {
    behind.setTimeout(0);
    join(socket, behind);
    socket.write(describeAnswer(answer));
    if (first.length > 0) socket.write(first);
    if (head.length > 0) behind.write(head);
    socket.pipe(behind);
    behind.pipe(socket);
  });
  socket.on('close', () => upstream.destroy());
  if (socket.destroyed) upstream.destroy();
  else upstream.end();
}

/** Answers an upgrade that leads nowhere, and ends its connection. Of a long reason only the beginning is sent. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  if (socket.destroyed || socket.writableEnded) return;
  const body = `${reason.slice(0, 200)}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    // Who never reads it does not keep the connection.
    () => socket.destroy(),
  );
}

/** Only what every reader takes for the opening of a WebSocket, and so for a request without a body. Source: RFC 6455 section 4.1. */
function findMistake({ method, headers }: IncomingMessage): string | undefined {
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket')
    return 'Only WebSockets are opened here.';
  if (headers['sec-websocket-key'] === undefined || headers['sec-websocket-version'] === undefined)
    return 'Sec-WebSocket-Key and Sec-WebSocket-Version are missing.';
  if (headers['transfer-encoding'] !== undefined || !/^0*$/.test(headers['content-length'] ?? ''))
    return 'The opening of a WebSocket has no body.';
  return undefined;
}

/** Whatever happens to one of them ends the other, and nothing else. */
function join(one: Duplex, other: Duplex): void {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    first.on('error', () => second.destroy());
    first.on('close', () => second.destroy());
  }
}

function describeAnswer(answer: IncomingMessage): string {
  const lines = Object.entries(endToEndHeaders(answer.headers)).flatMap(([name, value]) =>
    [value].flat().map((each) => `${name}: ${each}\r\n`),
  );
  return `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${lines.join('')}\r\n`;
}
