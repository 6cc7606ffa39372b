/** Answers that a browser may keep but has to ask about each time: an unchanged list costs a 304. */

import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { isKnownTag } from './if-none-match.ts';

/**
 * Answers with a body, or with 304 if the caller has it already.
 *
 * Express would do this too, but not for who sends `Cache-Control: no-cache` along, as `fetch` does whenever a script
 * sets `If-None-Match` itself. That header speaks to caches, and this is the origin.
 */
export function answerCacheable(response: Response, body: object): void {
  const text = JSON.stringify(body);
  const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  // Another person's token means another answer.
  response.vary('Authorization');
  if (isKnownTag(response.req.headers['if-none-match'], etag)) {
    response.status(304).end();
    return;
  }
  response.type('json').send(text);
}
