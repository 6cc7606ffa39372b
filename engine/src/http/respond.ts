import type { ServerResponse } from 'node:http';
import { chooseCoding, endCompressed, isWorthCompressing } from './content-coding.ts';

const LONG_TEXT = 16 * 1024;

/** Sends a whole JSON text; answers its size in bytes. */
export function sendJson(response: ServerResponse, status: number, body: string): number {
  return send(response, status, 'application/json; charset=utf-8', body);
}

/**
 * Sends a whole text of some type, compressed where the client asks for it and it is worth it; answers its size in
 * bytes before that.
 */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): number {
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  // A short text leaves in one piece with its head; a long one is encoded but once.
  const sent = typeof body === 'string' && body.length > LONG_TEXT ? Buffer.from(body) : body;
  const size = Buffer.byteLength(sent);
  if (isWorthCompressing(contentType, size)) {
    const vary = response.getHeader('vary');
    response.setHeader('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
    const coding = chooseCoding(response.req.headers['accept-encoding'] as string | undefined);
    if (coding !== null) {
      endCompressed(response, coding, typeof sent === 'string' ? Buffer.from(sent) : sent).catch(() =>
        // Its head is made; whoever waits must not wait for ever.
        response.destroy(),
      );
      return size;
    }
  }
  response.setHeader('content-length', size);
  response.end(sent);
  return size;
}
