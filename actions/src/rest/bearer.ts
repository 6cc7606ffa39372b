/** Who calls over REST: a Bearer token that we signed. A cookie is never looked at. */

import type { Request } from 'express';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { HASURA_CLAIMS, TOKEN_PARTY } from '../accounts/access-token.ts';
import type { Caller } from '../accounts/actor.ts';
import { publicKeySet, type SigningKeys } from '../accounts/signing-keys.ts';
import { ActionError } from '../errors.ts';

/** Reads the caller from a request; refuses with UNAUTHORIZED. */
export type ReadCaller = (request: Request) => Promise<Caller>;

const claimsSchema = z.object({
  sub: z.guid(),
  sid: z.guid(),
  [HASURA_CLAIMS]: z.object({ 'x-hasura-default-role': z.enum(['vendor', 'app_admin']) }),
});

/** Knows our own keys only. Whether the user still exists, is enabled and has not signed out is for the use case to ask. */
export function createCallerReader(signingKeys: SigningKeys): ReadCaller {
  const keySet = createLocalJWKSet({ keys: [...publicKeySet(signingKeys).keys] });
  return async (request) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new ActionError('UNAUTHORIZED', 'Please sign in.');
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['RS256'],
        issuer: TOKEN_PARTY,
        audience: TOKEN_PARTY,
        requiredClaims: ['exp'],
      });
      const claims = claimsSchema.parse(payload);
      return {
        userId: claims.sub.toLowerCase(),
        sessionId: claims.sid,
        role: claims[HASURA_CLAIMS]['x-hasura-default-role'],
      };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        throw new ActionError('UNAUTHORIZED', 'Please sign in again.', { cause: error });
      }
      throw error;
    }
  };
}
