import type { ServerResponse } from 'node:http';

const LONG_TEXT = 16 * 1024;

/** Sends a whole JSON text; answers its size in bytes. */
export function sendJson(response: ServerResponse, status: number, body: string): number {
  return send(response, status, 'application/json; charset=utf-8', body);
}

/** Sends a whole text of some type; answers its size in bytes. */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): number {
  // A short text leaves in one piece with its head; a long one is encoded but once.
  const sent = typeof body === 'string' && body.length > LONG_TEXT ? Buffer.from(body) : body;
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  const size = Buffer.byteLength(sent);
  response.setHeader('content-length', size);
  response.end(sent);
  return size;
}
