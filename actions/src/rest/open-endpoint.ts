/** An endpoint that asks for no token: signing in, staying signed in, signing out, a forgotten password. */

import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { readJsonBody } from '../http/json-body.ts';
import type { Services } from '../services.ts';
import type { Endpoint, EndpointDescription } from './endpoint.ts';
import { requireOwnOrigin } from './origins.ts';

interface OpenEndpoint extends Omit<EndpointDescription, 'tag' | 'roles' | 'method'> {
  readonly body: z.ZodObject;
  serve(services: Services): RequestHandler;
}

/** Makes such an endpoint; whoever names an app in the body has to come from a page of ours. */
export function defineOpenEndpoint({ serve, ...description }: OpenEndpoint): Endpoint {
  return {
    ...description,
    method: 'post',
    tag: 'Sessions',
    roles: [],
    serve: (services) => [...readJsonBody(), requireOwnOrigin(services.config), serve(services)],
  };
}
