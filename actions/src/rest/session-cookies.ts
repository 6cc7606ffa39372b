/**
 * The cookies of a UI's session: the refresh token, out of reach of scripts, and the CSRF token that a script of ours
 * reads and sends back. One pair per app, because cookies ignore ports.
 */

import type { CookieOptions, Request, Response } from 'express';
import { DEVICE_DAYS } from '../accounts/known-devices.ts';
import type { App } from '../accounts/roles.ts';
import { csrfTokenFor, REFRESH_TOKEN_DAYS } from '../accounts/secret-token.ts';
import type { Config } from '../config.ts';
import { ActionError } from '../errors.ts';
import { isSameSecret } from '../http/action-secret.ts';
import { DEVICE_COOKIE } from '../http/client-address.ts';
import { readCookie } from '../http/cookies.ts';

type Addresses = Pick<Config, 'portalUrl' | 'adminUrl'>;

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_MS = REFRESH_TOKEN_DAYS * DAY_MS;

/** Hands a session to the browser. */
export function setSessionCookies(
  response: Response,
  config: Addresses,
  app: App,
  refreshToken: string,
): void {
  response.cookie(sessionCookie(app), refreshToken, { ...sessionOptions(config, app), maxAge: LIFETIME_MS });
  response.cookie(csrfCookie(app), csrfTokenFor(refreshToken), {
    ...csrfOptions(config, app),
    maxAge: LIFETIME_MS,
  });
}

/**
 * Tells the browser by what its device is known. One for both apps and for everybody who signs in here; it stays when
 * they sign out, and opens nothing.
 */
export function setDeviceCookie(response: Response, config: Addresses, app: App, value: string): void {
  response.cookie(DEVICE_COOKIE, value, { ...sessionOptions(config, app), maxAge: DEVICE_DAYS * DAY_MS });
}

/** Takes a session back. */
export function clearSessionCookies(response: Response, config: Addresses, app: App): void {
  response.clearCookie(sessionCookie(app), sessionOptions(config, app));
  response.clearCookie(csrfCookie(app), csrfOptions(config, app));
}

/**
 * The refresh token of an app's cookie; undefined when there is none.
 *
 * The CSRF header must equal the readable cookie, and both must belong to this very session: a cookie planted from
 * another subdomain or port has the right name but not the right value.
 */
export function readSessionCookie(request: Request, app: App): string | undefined {
  const refreshToken = readCookie(request, sessionCookie(app));
  if (refreshToken === undefined) return undefined;
  const header = request.headers['x-csrf-token'];
  const cookie = readCookie(request, csrfCookie(app));
  const isProven =
    typeof header === 'string' &&
    cookie !== undefined &&
    isSameSecret(header, cookie) &&
    isSameSecret(header, csrfTokenFor(refreshToken));
  if (!isProven) throw new ActionError('FORBIDDEN', 'The X-CSRF-Token header does not fit this session.');
  return refreshToken;
}

const sessionCookie = (app: App) => `tierline_${app}`;
const csrfCookie = (app: App) => `tierline_${app}_csrf`;

function sessionOptions(config: Addresses, app: App): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/api/auth', secure: isHttps(config, app) };
}

function csrfOptions(config: Addresses, app: App): CookieOptions {
  return { sameSite: 'strict', path: '/', secure: isHttps(config, app) };
}

/** By the app's public address, not by how the request came in: TLS ends at the web server. */
function isHttps({ portalUrl, adminUrl }: Addresses, app: App): boolean {
  return (app === 'portal' ? portalUrl : adminUrl).protocol === 'https:';
}
