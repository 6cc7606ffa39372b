/** Reading a JSON body, no larger than anybody needs. */

import express, { type Request, type RequestHandler } from 'express';
import { ActionError } from '../errors.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Refuses what is not called JSON, then reads it. Not strict: a bare text is told what it should be, not "not JSON".
 * `isOptional` is for paths where nothing has to be said, so that no body at all is as good as an empty object.
 */
export function readJsonBody({ isOptional = false } = {}): RequestHandler[] {
  return [
    (request, _response, next) => {
      if (isOptional && hasNoBody(request)) return next();
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
