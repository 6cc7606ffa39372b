import {
  type ClientRequest,
  type IncomingMessage,
  request as openHttp,
  type ServerResponse,
} from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http2';
import { request as openHttps } from 'node:https';
import { endToEndHeaders, forwardedHeaders } from './message-headers.ts';

/** No word from the server behind for so long, and it counts as gone. */
const SILENCE_MS = 120_000;

/** What is passed on; another method is refused before anything is asked of the server behind. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Opens a request to an origin, on a connection of its own that ends with it: should two readers ever disagree about where
 * a request ends, the rest is nobody's next request. Throws when path or headers cannot be written as HTTP.
 */
export function openRequest(
  origin: string,
  message: { readonly method: string; readonly path: string; readonly headers: OutgoingHttpHeaders },
): ClientRequest {
  const { protocol, hostname, port } = new URL(origin);
  const open = protocol === 'https:' ? openHttps : openHttp;
  return open({
    ...message,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? undefined : port,
    agent: false,
    setHost: false,
  });
}

/** Passes a request on with all of its body, and the answer back. A server behind that is away is answered as 503. */
export function forwardRequest(request: IncomingMessage, response: ServerResponse, origin: string): void {
  if (!METHODS.has(request.method ?? ''))
    return void refuse(response, 405, 'This method is not served here.');
  let upstream: ClientRequest;
  try {
    upstream = openRequest(origin, {
      method: request.method as string,
      path: request.url as string,
      headers: forwardedHeaders(request.headers),
    });
  } catch {
    return void refuse(response, 400, 'The request cannot be passed on: its path or a header is not HTTP.');
  }
  upstream.setTimeout(SILENCE_MS, () => upstream.destroy(new Error('The server behind says nothing.')));
  let isAnswered = false;
  upstream.on('response', (answer) => {
    isAnswered = true;
    passAnswer(answer, response);
  });
  // After its answer has begun, the answer's own end tells whether it is whole; a server may well close early on a body.
  upstream.on('error', () => {
    if (!isAnswered) answerUnavailable(response);
  });
  request.on('error', () => upstream.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

function passAnswer(answer: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return void answer.destroy();
  answer.on('error', () => response.destroy());
  try {
    response.writeHead(answer.statusCode as number, endToEndHeaders(answer.headers));
  } catch {
    answer.destroy();
    return void answerUnavailable(response);
  }
  answer.pipe(response);
}

function answerUnavailable(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.setHeader('Retry-After', '5');
  refuse(response, 503, 'The server is not reachable right now. Please try again in a moment.');
}

const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_INPUT',
  405: 'INVALID_INPUT',
  503: 'INTERNAL_ERROR',
};

/** In the shape of every failure of `/api`. The connection ends: what is left of the body is read by nobody. */
function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', Connection: 'close' });
  response.end(JSON.stringify({ success: false, code: CODES[status], message }));
}
