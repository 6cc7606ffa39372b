/** Reading a JSON body, no larger than anybody needs. */

import express, { type Request, type RequestHandler } from 'express';
import { ActionError } from '../errors.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Refuses what is not called JSON, then reads it. Not strict: a bare text is told what it should be, not "not JSON".
 * No body at all is left undefined: whoever asked for one says which fields are missing.
 */
export function readJsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
      if (hasNoBody(request)) return next();
      if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
        throw new ActionError('INVALID_INPUT', 'The body must be JSON, sent as application/json.', {
          status: 415,
        });
      }
      next();
    },
    express.json({ limit: '100kb', type: () => true, strict: false }),
  ];
}

function hasNoBody({ headers }: Request): boolean {
  if (headers['content-type'] !== undefined || headers['transfer-encoding'] !== undefined) return false;
  return (headers['content-length'] ?? '0') === '0';
}
