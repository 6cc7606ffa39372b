/** Signing in over REST, as the UIs do: with an `app` the refresh token lives in a cookie only. */

import { type Request, type RequestHandler, Router } from 'express';
import { login } from '../accounts/login.ts';
import { logout } from '../accounts/logout.ts';
import { refresh } from '../accounts/refresh.ts';
import type { App } from '../accounts/roles.ts';
import { ActionError } from '../errors.ts';
import { readJsonBody } from '../http/json-body.ts';
import { tellRateLimit } from '../http/rate-limit-headers.ts';
import { addPath, unknownPath } from '../http/routes.ts';
import { parseInput } from '../input/parse-input.ts';
import { DONE_MESSAGES } from '../messages.ts';
import type { Services } from '../services.ts';
import { answerWithSession } from './answer-with-session.ts';
import { restLoginInput, restLogoutInput, restRefreshInput } from './auth-inputs.ts';
import { allowedOrigins } from './origins.ts';
import { serveChange, serveForgot, serveReset } from './password-routes.ts';
import { clearSessionCookies, readSessionCookie } from './session-cookies.ts';

/** The routes below `/api/auth`. */
export function authRoutes(services: Services): Router {
  const router = Router();
  const before = [...readJsonBody(), requireOwnOrigin(services)];
  addPath(router, '/login', { post: [...before, serveLogin(services)] });
  addPath(router, '/refresh', { post: [...before, serveRefresh(services)] });
  addPath(router, '/logout', { post: [...before, serveLogout(services)] });
  addPath(router, '/password/forgot', { post: [...before, serveForgot(services)] });
  addPath(router, '/password/reset', { post: [...before, serveReset(services)] });
  addPath(router, '/password/change', { post: [...before, serveChange(services)] });
  router.use(unknownPath);
  return router;
}

/** Whoever names an app means its cookie, and that is for pages of ours alone. */
function requireOwnOrigin({ config }: Services): RequestHandler {
  const origins = allowedOrigins(config);
  return (request, _response, next) => {
    const { origin } = request.headers;
    if (namesApp(request.body) && (origin === undefined || !origins.has(origin))) {
      throw new ActionError('FORBIDDEN', 'Only our own pages may sign in with a cookie.');
    }
    next();
  };
}

function namesApp(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'app' in body && body.app !== null;
}

function serveLogin(services: Services): RequestHandler {
  return async (request, response) => {
    const { app, ...credentials } = parseInput(restLoginInput, request.body);
    const grant = await login(services, credentials, {
      app,
      clientAddress: request.ip ?? null,
      onCounted: (state) => tellRateLimit(response, state),
    });
    answerWithSession(services, response, app, grant);
  };
}

function serveRefresh(services: Services): RequestHandler {
  return async (request, response) => {
    const { app, refreshToken } = parseInput(restRefreshInput, request.body);
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
    const { app, refreshToken, everywhere } = parseInput(restLogoutInput, request.body);
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
