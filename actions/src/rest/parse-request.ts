import type { Request } from 'express';
import { z } from 'zod';
import { parseParts } from '../input/parse-input.ts';

const nothing = z.strictObject({});

/** The shape of a request; what an endpoint does not speak of must not be there. */
export function parseRequest<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodObject>(
  description: { readonly params?: Params; readonly query?: Query; readonly body?: Body },
  request: Request,
) {
  return parseParts({
    params: { schema: (description.params ?? nothing) as Params, input: request.params },
    query: { schema: (description.query ?? nothing) as Query, input: request.query },
    body: { schema: (description.body ?? nothing) as Body, input: request.body },
  });
}
