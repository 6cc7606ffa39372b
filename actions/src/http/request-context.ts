/** What one HTTP request learns about itself on its way, for its log line and its metrics. */

import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { guarded } from '../guarded.ts';
import { describeError } from '../logging.ts';
import type { Services } from '../services.ts';
import { httpPathOf } from './path.ts';

/** Filled in as the request goes on. */
export interface RequestContext {
  readonly requestId: string;
  /** The pattern that matched, which unlike the path is one of a few. */
  route: string;
  action?: string;
  userId?: string;
  role?: string;
  /** `ok` or the code of the error. */
  outcome: string;
}

const SAFE_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The context of the request that is being answered. */
export function contextOf(response: Response): RequestContext {
  return response.locals.context as RequestContext;
}

/** Gives each request an id and a context, and writes one log line and one measurement when it is answered. */
export function observeRequests({ logger, metrics }: Pick<Services, 'logger' | 'metrics'>): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const startedAt = performance.now();
    const context: RequestContext = { requestId: requestIdOf(request), route: 'unmatched', outcome: 'ok' };
    response.locals.context = context;
    response.setHeader('X-Request-Id', context.requestId);
    const tellOfAnswer = (): void => {
      const seconds = (performance.now() - startedAt) / 1000;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.requestSeconds.observe({ route: context.route, status: String(status) }, seconds);
      const level =
        context.route.startsWith('/hasura') || context.route.startsWith('/api') ? 'info' : 'debug';
      logger[level](
        {
          ...context,
          method: request.method,
          path: httpPathOf(request),
          status,
          durationMs: Math.round(seconds * 1e4) / 10,
        },
        response.writableFinished ? 'answered' : 'client went away',
      );
    };
    response.once(
      'close',
      guarded(tellOfAnswer, (error) =>
        logger.error({ error: describeError(error) }, 'not told of an answer'),
      ),
    );
    next();
  };
}

/** A caller's own id helps to follow a request through several servers, if it is fit for a log line. */
function requestIdOf(request: Request): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE_REQUEST_ID.test(given) ? given : randomUUID();
}
