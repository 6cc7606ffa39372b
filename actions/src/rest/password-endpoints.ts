/** Passwords over REST: forgotten, set by a link, changed. */

import type { RequestHandler } from 'express';
import { changePassword } from '../accounts/change-password.ts';
import { requestPasswordReset, requestResetInput } from '../accounts/request-password-reset.ts';
import { resetPassword, resetPasswordInput } from '../accounts/reset-password.ts';
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

const forgot = defineOpenEndpoint({
  path: '/auth/password/forgot',
  operationId: 'requestPasswordReset',
  summary: 'Have a link mailed that sets a new password',
  description: 'The same answer for every address, known or not. Three times an hour per address.',
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
    'Ends every session of the user and answers with a new one. A wrong current password counts like a wrong sign-in.',
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
    tellRateLimit(response, await requestPasswordReset(services, body));
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.resetRequested });
  };
}

function serveReset(services: Services): RequestHandler {
  return async (request, response) => {
    await resetPassword(services, parseRequest({ body: resetPasswordInput }, request).body);
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, message: DONE_MESSAGES.passwordSet });
  };
}
