import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import fc from 'fast-check';

/** A server of a test that says what no honest one does. */
export interface HostileServer {
  readonly url: string;
  /** What each connection hears once it has asked. */
  answer: HostileAnswer;
  close(): void;
}

/** How an answer goes wrong: its bytes, and what becomes of the line behind them. */
export interface HostileAnswer {
  readonly bytes: string;
  /** `endless` says the last part of the bytes again until nobody listens. */
  readonly after: 'end' | 'reset' | 'silence' | 'endless';
}

const ENDLESS_PART = 'x'.repeat(64 * 1024);

/** Starts one on a free port of this machine. */
export async function startHostileServer(): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.once('data', () => {
      socket.resume();
      const { bytes, after } = hostile.answer;
      socket.write(bytes, 'latin1', () => {
        if (after === 'end') socket.end();
        else if (after === 'reset') socket.resetAndDestroy();
        else if (after === 'endless') pour(socket);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hostile: HostileServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: { bytes: '', after: 'end' },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return hostile;
}

/** One part in each round of the loop: whoever shares it has to come to reading, and to hanging up. */
function pour(socket: Socket): void {
  if (socket.writable) socket.write(ENDLESS_PART, () => setImmediate(pour, socket));
}

const deep = (open: string, close: string, levels: number) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;
const withLength = (body: string, length = body.length) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** One of each kind. */
export const KINDS: Readonly<Record<string, HostileAnswer>> = {
  'deep lists': { bytes: withLength(deep('[', ']', 200_000)), after: 'end' },
  'deep objects': { bytes: withLength(deep('{"keys":', '}', 200_000)), after: 'end' },
  'deep JSON where a value is wanted': {
    bytes: withLength(`{"x-hasura-role":${deep('[', ']', 100_000)},"id":${deep('[', ']', 100_000)}}`),
    after: 'end',
  },
  'an endless body': { bytes: `${head}\r\n`, after: 'endless' },
  'endless chunks of no end': {
    bytes: `${head}Transfer-Encoding: chunked\r\n\r\nfffffff\r\n`,
    after: 'endless',
  },
  'a reset in the middle': { bytes: withLength('{"x-hasura-role":"a', 500), after: 'reset' },
  'less than it told': { bytes: withLength('{}', 500), after: 'end' },
  'more than it told': { bytes: withLength(`{"x-hasura-role":"a"}${'x'.repeat(9_000)}`, 5), after: 'end' },
  'a header of 10 MB': { bytes: `${head}X: ${'x'.repeat(10_000_000)}\r\n\r\n`, after: 'end' },
  'headers without an end': { bytes: `${head}X: `, after: 'endless' },
  silence: { bytes: '', after: 'silence' },
  'silence behind its head': { bytes: `${head}Content-Length: 9\r\n\r\n`, after: 'silence' },
  'no HTTP': { bytes: '\x16\x03\x01\x00\xff', after: 'end' },
  'nothing at all': { bytes: '', after: 'reset' },
  'two lengths': { bytes: `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`, after: 'end' },
  'a status that is none': { bytes: 'HTTP/1.1 999 \xff\r\nContent-Length: 2\r\n\r\n{}', after: 'end' },
  'an upgrade nobody asked for': {
    bytes: 'HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
    after: 'silence',
  },
  'interim answers without an end': { bytes: 'HTTP/1.1 103 X\r\n\r\n'.repeat(5_000), after: 'end' },
  'a way elsewhere': { bytes: 'HTTP/1.1 302 X\r\nLocation: http://169.254.169.254/\r\n\r\n', after: 'end' },
  prototypes: { bytes: withLength('{"__proto__":{"x-hasura-role":"admin"},"constructor":1}'), after: 'end' },
};

/** Heads, bodies and ends put together at random. */
export const anyAnswer: fc.Arbitrary<HostileAnswer> = fc.record({
  bytes: fc
    .tuple(
      fc.constantFrom(
        'HTTP/1.1 200 OK\r\n',
        'HTTP/1.1 204 X\r\n',
        'HTTP/1.1 400 X\r\n',
        'HTTP/1.0 500\r\n',
        'HTTP/9 1\r\n',
        '',
      ),
      fc.array(
        fc.oneof(
          fc.constantFrom(
            'Content-Length: 7\r\n',
            'Transfer-Encoding: chunked\r\n',
            'Content-Encoding: gzip\r\n',
          ),
          fc.constantFrom(
            'Set-Cookie: \xff\r\n',
            'Cache-Control: max-age=999999999999\r\n',
            ': \r\n',
            'Expires: x\r\n',
          ),
          fc.string({ unit: 'binary-ascii', maxLength: 20 }).map((text) => `X: ${text}\r\n`),
        ),
        { maxLength: 3 },
      ),
      fc.oneof(
        fc.json(),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constant('7\r\n{"a":1}\r\n0\r\n\r\n'),
      ),
    )
    .map(([first, headers, body]) => `${first}${headers.join('')}\r\n${body}`),
  // What stays silent takes its whole time limit, so that it is among the kinds alone.
  after: fc.constantFrom<HostileAnswer['after']>('end', 'reset'),
});
