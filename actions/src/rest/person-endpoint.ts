/**
 * The way through an endpoint that somebody signed in calls, written once for all of them:
 * token → user and role → whose path → rate limit → body, path and query → use case → answer.
 */

import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Actor, type Caller, checkActor } from '../accounts/actor.ts';
import { ActionError } from '../errors.ts';
import { readJsonBody } from '../http/json-body.ts';
import { tellRateLimit } from '../http/rate-limit-headers.ts';
import { contextOf } from '../http/request-context.ts';
import { countCall } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import { createCallerReader, type ReadCaller } from './bearer.ts';
import { type Endpoint, type EndpointDescription, readsBody } from './endpoint.ts';
import { requireOwnOrigin } from './origins.ts';
import { parseRequest } from './parse-request.ts';

type Nothing = z.ZodObject<Record<never, never>>;

/** A call that has passed every check but those of the use case. */
export interface Call<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject> {
  readonly caller: Caller;
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
}

interface PersonEndpoint<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject>
  extends Omit<EndpointDescription, 'isLimited'> {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The parameter that names the vendor whose path it is; closed to every other vendor. */
  readonly ownerParam?: string & keyof z.output<Params>;
  /** By what a vendor's calls are limited; an administrator's are always. */
  readonly vendorLimit?: 'submit' | 'vendor_list';
  /** Does it and answers. */
  handle(services: Services, call: Call<Params, Query, Body>, response: Response): Promise<void>;
}

/** Makes an endpoint that an enabled user of a role may call. */
export function definePersonEndpoint<
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodObject = Nothing,
>({ ownerParam, vendorLimit, handle, ...description }: PersonEndpoint<Params, Query, Body>): Endpoint {
  const isLimited = vendorLimit !== undefined || description.roles.includes('app_admin');
  return {
    ...description,
    isLimited,
    serve: (services) => {
      const readCaller = createCallerReader(services.config.signingKeys);
      return [
        async (request, response, next) => {
          const actor = await readActor(services, readCaller, request, response);
          if (!description.roles.includes(actor.role)) {
            throw new ActionError('FORBIDDEN', 'Your role does not allow this.');
          }
          if (ownerParam !== undefined) checkOwner(actor, request.params[ownerParam]);
          tellRateLimit(response, await countCall(services.rateLimits, actor, vendorLimit));
          next();
        },
        ...(readsBody(description) ? readJsonBody() : []),
        ...(takesApp(description) ? [requireOwnOrigin(services.config)] : []),
        async (request, response) => {
          const caller = callerOf(response);
          await handle(services, { caller, ...parseRequest(description, request) }, response);
        },
      ];
    },
  };
}

/** Who calls, kept for the log line and for the handlers that follow. */
async function readActor(
  services: Pick<Services, 'database'>,
  readCaller: ReadCaller,
  request: Request,
  response: Response,
): Promise<Actor> {
  const caller = await readCaller(request);
  Object.assign(contextOf(response), { userId: caller.userId, role: caller.role });
  response.locals.caller = caller;
  return checkActor(services.database, caller);
}

/** Who calls, once `readActor` has said so. */
function callerOf(response: Response): Caller {
  return response.locals.caller as Caller;
}

/** Who may name an app means its cookie. */
function takesApp({ body }: Pick<EndpointDescription, 'body'>): boolean {
  return body !== undefined && 'app' in body.shape;
}

function checkOwner(actor: Actor, vendorId: string | string[] | undefined): void {
  if (actor.role !== 'vendor') return;
  if (typeof vendorId === 'string' && vendorId.toLowerCase() === actor.vendorId) return;
  throw new ActionError('FORBIDDEN', 'This is not your account.');
}
