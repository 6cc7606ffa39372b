/** Passwords over REST: forgotten, set by a link, changed. */

import type { RequestHandler } from 'express';
import { checkActor } from '../accounts/actor.ts';
import { changePassword } from '../accounts/change-password.ts';
import { requestPasswordReset, requestResetInput } from '../accounts/request-password-reset.ts';
import { resetPassword, resetPasswordInput } from '../accounts/reset-password.ts';
import { tellRateLimit } from '../http/rate-limit-headers.ts';
import { contextOf } from '../http/request-context.ts';
import { parseInput } from '../input/parse-input.ts';
import { DONE_MESSAGES } from '../messages.ts';
import { countCall } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import { answerWithSession } from './answer-with-session.ts';
import { restChangePasswordInput } from './auth-inputs.ts';
import { createCallerReader } from './bearer.ts';

/** `POST /api/auth/password/forgot` */
export function serveForgot(services: Services): RequestHandler {
  return async (request, response) => {
    const state = await requestPasswordReset(services, parseInput(requestResetInput, request.body));
    tellRateLimit(response, state);
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.resetRequested });
  };
}

/** `POST /api/auth/password/reset` */
export function serveReset(services: Services): RequestHandler {
  return async (request, response) => {
    await resetPassword(services, parseInput(resetPasswordInput, request.body));
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.passwordSet });
  };
}

/** `POST /api/auth/password/change` */
export function serveChange(services: Services): RequestHandler {
  const readCaller = createCallerReader(services.config.signingKeys);
  return async (request, response) => {
    const caller = await readCaller(request);
    Object.assign(contextOf(response), caller);
    const actor = await checkActor(services.database, caller);
    tellRateLimit(response, await countCall(services.rateLimits, actor, undefined));
    const { app, ...passwords } = parseInput(restChangePasswordInput, request.body);
    answerWithSession(services, response, app, await changePassword(services, caller, passwords, app));
  };
}
