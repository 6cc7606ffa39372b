/** Which pages may use our cookies: the two UIs. */

import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { ActionError } from '../errors.ts';

const LOOPBACK_TWINS: Readonly<Record<string, string>> = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };

/** The origins of our UIs; on loopback its two names count alike. */
export function allowedOrigins({
  portalUrl,
  adminUrl,
}: Pick<Config, 'portalUrl' | 'adminUrl'>): ReadonlySet<string> {
  return new Set([portalUrl, adminUrl].flatMap(originsOf));
}

/** Whoever names an app means its cookie, and that is for pages of ours alone. */
export function requireOwnOrigin(config: Pick<Config, 'portalUrl' | 'adminUrl'>): RequestHandler {
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

function originsOf(url: URL): string[] {
  const twin = LOOPBACK_TWINS[url.hostname];
  if (twin === undefined) return [url.origin];
  const other = new URL(url);
  other.hostname = twin;
  return [url.origin, other.origin];
}
