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
    (request, _response, next) => {
      refuseDeep(request.body);
      next();
    },
  ];
}

/** Far above what any body of ours nests: what reads, checks and logs bodies calls itself for each level. */
const deepest = 64;

function refuseDeep(body: unknown): void {
  let level: readonly unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw new ActionError('INVALID_INPUT', `The body nests deeper than ${deepest} levels.`);
    }
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  }
}

function hasNoBody({ headers }: Request): boolean {
  if (headers['content-type'] !== undefined || headers['transfer-encoding'] !== undefined) return false;
  return (headers['content-length'] ?? '0') === '0';
}
