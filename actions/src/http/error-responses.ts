/** Errors on their way out: counted, logged when they are ours, and in the shape of whoever asked. */

import type { ErrorRequestHandler, Response } from 'express';
import { type ActionError, actionStatusOf } from '../errors.ts';
import { describeError } from '../logging.ts';
import type { Services } from '../services.ts';
import { toActionError } from '../to-action-error.ts';
import { tellRateLimit } from './rate-limit-headers.ts';
import { contextOf } from './request-context.ts';

type Reply = (response: Response, error: ActionError) => void;

/** GraphQL's shape, always 4xx: Hasura hides the body of a 5xx. */
const replyToHasura: Reply = (response, error) => {
  const { code, message } = error;
  response.status(actionStatusOf(error)).json({ message, extensions: { code, ...detailsOf(error) } });
};

/** The shape of REST. */
const replyToRest: Reply = (response, error) => {
  const { code, message, rateLimit } = error;
  if (rateLimit !== undefined) {
    tellRateLimit(response, rateLimit);
    response.setHeader('Retry-After', rateLimit.resetSeconds);
  }
  response.status(error.status).json({ success: false, message, code, ...detailsOf(error) });
};

function detailsOf({ errors, rateLimit }: ActionError) {
  return { ...(errors && { errors }), ...(rateLimit && { retryAfter: rateLimit.resetSeconds }) };
}

/** Answers errors of the routes that Hasura calls. */
export function answerHasuraErrors(services: Pick<Services, 'logger' | 'metrics'>): ErrorRequestHandler {
  return answerErrors(services, replyToHasura);
}

/** Answers errors of every other route. */
export function answerRestErrors(services: Pick<Services, 'logger' | 'metrics'>): ErrorRequestHandler {
  return answerErrors(services, replyToRest);
}

function answerErrors(
  { logger, metrics }: Pick<Services, 'logger' | 'metrics'>,
  reply: Reply,
): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (thrown, _request, response, _next) => {
    const error = toActionError(thrown);
    const context = contextOf(response);
    context.outcome = error.code;
    metrics.errors.inc({ code: error.code });
    if (error.status >= 500) {
      logger.error({ requestId: context.requestId, error: describeError(error.cause) }, error.code);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.setHeader('Cache-Control', 'no-store');
    reply(response, error);
  };
}
