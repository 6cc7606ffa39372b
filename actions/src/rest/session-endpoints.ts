/** Signing in over REST, as the UIs do: with an `app` the refresh token lives in a cookie only. */

import type { Request, RequestHandler } from 'express';
import { login } from '../accounts/login.ts';
import { logout } from '../accounts/logout.ts';
import { refresh } from '../accounts/refresh.ts';
import type { App } from '../accounts/roles.ts';
import { ActionError } from '../errors.ts';
import { clientOf } from '../http/client-address.ts';
import { tellRateLimit } from '../http/rate-limit-headers.ts';
import { DONE_MESSAGES } from '../messages.ts';
import type { Services } from '../services.ts';
import { answerWithSession } from './answer-with-session.ts';
import { doneAnswer, sessionAnswer } from './answers.ts';
import { restLoginInput, restLogoutInput, restRefreshInput } from './auth-inputs.ts';
import type { Endpoint } from './endpoint.ts';
import { defineOpenEndpoint } from './open-endpoint.ts';
import { parseRequest } from './parse-request.ts';
import { clearSessionCookies, readSessionCookie, setDeviceCookie } from './session-cookies.ts';

const cookieNote =
  'With an `app` the token is in that app’s cookie: then the call needs the Origin of one of our pages and an X-CSRF-Token equal to the cookie `tierline_<app>_csrf`.';

/** Everything about sessions but passwords. */
export const SESSION_ENDPOINTS: readonly Endpoint[] = [
  defineOpenEndpoint({
    path: '/auth/login',
    operationId: 'login',
    summary: 'Sign in',
    description:
      'Ten wrong passwords in fifteen minutes lock an e-mail address for clients that have not signed in there before; a browser that has, which its cookie `tierline_device` proves, has ten of its own. With an `app` the refresh token goes into that app’s cookie; the call then needs the Origin of one of our pages.',
    body: restLoginInput,
    isLimited: true,
    answer: { status: 200, description: 'A session.', schema: sessionAnswer },
    codes: ['UNAUTHORIZED', 'FORBIDDEN'],
    serve: serveLogin,
  }),
  defineOpenEndpoint({
    path: '/auth/refresh',
    operationId: 'refreshSession',
    summary: 'Stay signed in: a refresh token is good for one use and answered with the next',
    description: `One that is used again ends the whole session. ${cookieNote}`,
    body: restRefreshInput,
    isLimited: false,
    answer: { status: 200, description: 'A session.', schema: sessionAnswer },
    codes: ['UNAUTHORIZED', 'FORBIDDEN'],
    serve: serveRefresh,
  }),
  defineOpenEndpoint({
    path: '/auth/logout',
    operationId: 'logout',
    summary: 'Sign out, here or everywhere',
    description: cookieNote,
    body: restLogoutInput,
    isLimited: false,
    answer: { status: 200, description: 'The session has ended.', schema: doneAnswer },
    codes: ['UNAUTHORIZED', 'FORBIDDEN'],
    serve: serveLogout,
  }),
];

function serveLogin(services: Services): RequestHandler {
  return async (request, response) => {
    const { app, ...credentials } = parseRequest({ body: restLoginInput }, request).body;
    const { grant, deviceCookie } = await login(services, credentials, {
      app,
      client: clientOf(request, services.config),
      onCounted: (state) => tellRateLimit(response, state),
    });
    if (app !== null) setDeviceCookie(response, services.config, app, deviceCookie);
    answerWithSession(services, response, app, grant);
  };
}

function serveRefresh(services: Services): RequestHandler {
  return async (request, response) => {
    const { app, refreshToken } = parseRequest({ body: restRefreshInput }, request).body;
    const token = tokenOf(request, app, refreshToken);
    try {
      if (token === undefined) throw new ActionError('UNAUTHORIZED', 'You are not signed in.');
      answerWithSession(services, response, app, await refresh(services, token, app));
    } catch (error) {
      const hasEnded = error instanceof ActionError && error.code === 'UNAUTHORIZED';
      if (app !== null && hasEnded) clearSessionCookies(response, services.config, app);
      throw error;
    }
  };
}

function serveLogout(services: Services): RequestHandler {
  return async (request, response) => {
    const { app, refreshToken, everywhere } = parseRequest({ body: restLogoutInput }, request).body;
    const token = tokenOf(request, app, refreshToken);
    if (app !== null) clearSessionCookies(response, services.config, app);
    // Without a token there is nothing to end, but "everywhere" is a promise that cannot be kept then.
    if (token !== undefined) await logout(services, { refreshToken: token, everywhere });
    else if (everywhere) throw new ActionError('UNAUTHORIZED', 'You are not signed in.');
    response.setHeader('Cache-Control', 'no-store');
    response.json({
      success: true,
      message: everywhere ? DONE_MESSAGES.signedOutEverywhere : DONE_MESSAGES.signedOut,
    });
  };
}

function tokenOf(request: Request, app: App | null, refreshToken: string | null): string | undefined {
  return app === null ? (refreshToken ?? undefined) : readSessionCookie(request, app);
}
