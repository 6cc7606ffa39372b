/** Passwords over REST: forgotten, set by a link, changed. */

import type { RequestHandler } from 'express';
import { changePassword } from '../accounts/change-password.ts';
import { requestPasswordReset, requestResetInput } from '../accounts/request-password-reset.ts';
import { resetPassword, resetPasswordInput } from '../accounts/reset-password.ts';
import { appOf, hasuraRoleOf } from '../accounts/roles.ts';
import { clientOf } from '../http/client-address.ts';
import { tellRateLimit } from '../http/rate-limit-headers.ts';
import { DONE_MESSAGES } from '../messages.ts';
import type { Services } from '../services.ts';
import { answerWithSession } from './answer-with-session.ts';
import { doneAnswer, sessionAnswer } from './answers.ts';
import { restChangePasswordInput } from './auth-inputs.ts';
import type { Endpoint } from './endpoint.ts';
import { defineOpenEndpoint } from './open-endpoint.ts';
import { parseRequest } from './parse-request.ts';
import { definePersonEndpoint } from './person-endpoint.ts';
import { setDeviceCookie } from './session-cookies.ts';

const forgot = defineOpenEndpoint({
  path: '/auth/password/forgot',
  operationId: 'requestPasswordReset',
  summary: 'Have a link mailed that sets a new password',
  description:
    'The same answer for every address, known or not. Three times an hour per address for clients that have not signed in there before, and for each browser that has.',
  body: requestResetInput,
  isLimited: true,
  answer: { status: 200, description: 'If the address is known, a mail is on its way.', schema: doneAnswer },
  codes: [],
  serve: serveForgot,
});

const reset = defineOpenEndpoint({
  path: '/auth/password/reset',
  operationId: 'resetPassword',
  summary: 'Set a password with the token of a mailed link',
  description: 'Ends every session of the user.',
  body: resetPasswordInput,
  isLimited: false,
  answer: { status: 200, description: 'The password is set.', schema: doneAnswer },
  codes: ['UNAUTHORIZED'],
  serve: serveReset,
});

const change = definePersonEndpoint({
  method: 'post',
  path: '/auth/password/change',
  operationId: 'changePassword',
  tag: 'Sessions',
  summary: 'Change the password',
  description:
    'Ends every session of the user and answers with a new one. Ten wrong current passwords in fifteen minutes lock the session’s way to change it.',
  roles: ['vendor', 'app_admin'],
  body: restChangePasswordInput,
  answer: { status: 200, description: 'A new session.', schema: sessionAnswer },
  codes: [],
  handle: async (services, { caller, body: { app, ...passwords } }, response) => {
    answerWithSession(services, response, app, await changePassword(services, caller, passwords, app));
  },
});

/** Everything about passwords. */
export const PASSWORD_ENDPOINTS: readonly Endpoint[] = [forgot, reset, change];

function serveForgot(services: Services): RequestHandler {
  return async (request, response) => {
    const { body } = parseRequest({ body: requestResetInput }, request);
    const client = clientOf(request, services.config);
    tellRateLimit(response, await requestPasswordReset(services, body, client));
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.resetRequested });
  };
}

function serveReset(services: Services): RequestHandler {
  return async (request, response) => {
    const { body } = parseRequest({ body: resetPasswordInput }, request);
    const { role, deviceCookie } = await resetPassword(services, body, clientOf(request, services.config));
    setDeviceCookie(response, services.config, appOf(hasuraRoleOf(role)), deviceCookie);
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.passwordSet });
  };
}
