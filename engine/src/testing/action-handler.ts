import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that reached the handler. */
export interface HandlerCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** JSON, or the text where it is none. */
  readonly body: unknown;
}

/** What a handler answers; `null` never answers. */
export type HandlerReply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
} | null;

/** A webhook of a test, on a free port. */
export interface TestHandler {
  readonly url: string;
  readonly calls: HandlerCall[];
  /** Decides what each call is answered. */
  reply: (call: HandlerCall) => HandlerReply | Promise<HandlerReply>;
  /** Resolves at the call with this number, counted from one. */
  called(count: number): Promise<void>;
  close(): void;
}

/** Starts a webhook that answers `{}` until it is told something else. */
export async function startTestHandler(): Promise<TestHandler> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { method = '', url = '', headers } = request;
    const call = { method, url, headers, body: parse(text) };
    handler.calls.push(call);
    for (const { count, resolve } of waiting) if (handler.calls.length >= count) resolve();
    const reply = await handler.reply(call);
    if (reply) response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const handler: TestHandler = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    reply: () => ({}),
    called: (count) =>
      handler.calls.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return handler;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
