/** The door that only Hasura opens: the shared secret, checked before a body is read. */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ActionError } from '../errors.ts';

/** Whether two texts are equal, in a time that tells neither their lengths nor where they differ. */
export function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

/** Whether a call carries the secret. */
export function carriesActionSecret({ headers }: Pick<Request, 'headers'>, secret: string): boolean {
  const given = headers['x-action-secret'];
  return typeof given === 'string' && isSameSecret(given, secret);
}

/** Refuses a call without the secret. */
export function requireActionSecret(secret: string): RequestHandler {
  return (request, _response, next) => {
    if (!carriesActionSecret(request, secret)) {
      throw new ActionError('UNAUTHORIZED', 'The action secret is missing or wrong.');
    }
    next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
