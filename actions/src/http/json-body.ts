/** Reading a JSON body, no larger than anybody needs. */

import express, { type RequestHandler } from 'express';
import { ActionError } from '../errors.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Refuses what is not called JSON, then reads it. Not strict: a bare text is told what it should be, not "not JSON". */
export function readJsonBody(): RequestHandler[] {
  return [
    (request, _response, next) => {
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
