/** Registering a path with all it answers to, so that another method is told 405 and the log knows the route. */

import type { RequestHandler, Router } from 'express';
import { ActionError } from '../errors.ts';
import { contextOf } from './request-context.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The handlers of one path, by method. */
export type PathHandlers = Partial<Record<Method, readonly RequestHandler[]>>;

/** Adds a path to a router. */
export function addPath(router: Router, path: string, handlers: PathHandlers): void {
  const route = router.route(path);
  route.all((request, response, next) => {
    contextOf(response).route = `${request.baseUrl}${path}`;
    next();
  });
  const methods = Object.keys(handlers) as Method[];
  for (const method of methods) route[method](...(handlers[method] ?? []));
  const allowed = methods
    .flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
    .join(', ');
  route.all((request, response) => {
    response.setHeader('Allow', allowed);
    throw new ActionError('INVALID_INPUT', `${request.method} is not possible here.`, { status: 405 });
  });
}

/** Ends a router: whatever came this far was not found. */
export const unknownPath: RequestHandler = () => {
  throw new ActionError('INVALID_INPUT', 'There is nothing at this path.', { status: 404 });
};
