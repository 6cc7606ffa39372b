import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';

/** Which pages of other origins may talk to the engine. */
export interface CorsPolicy {
  /** False when CORS is switched off altogether: then no header is sent and browsers keep other origins out. */
  readonly isEnabled: boolean;
  isAllowed(origin: string): boolean;
}

/** Builds the policy of `HASURA_GRAPHQL_CORS_DOMAIN`: `*`, origins, and `https://*.example.com`. */
export function createCorsPolicy(config: Pick<Config, 'corsDomains' | 'isCorsDisabled'>): CorsPolicy {
  if (config.isCorsDisabled) return { isEnabled: false, isAllowed: () => false };
  if (config.corsDomains.includes('*')) return { isEnabled: true, isAllowed: () => true };
  const origins = new Set(config.corsDomains.filter((domain) => !domain.includes('*')).map(normalise));
  const wildcards = config.corsDomains.filter((domain) => domain.includes('*')).map(toWildcard);
  return {
    isEnabled: true,
    isAllowed(origin) {
      const wanted = normalise(origin);
      return origins.has(wanted) || wildcards.some((matches) => matches(wanted));
    },
  };
}

function normalise(origin: string): string {
  let end = origin.length;
  while (origin[end - 1] === '/') end -= 1;
  return origin.slice(0, end).toLowerCase();
}

/** `*` stands for one whole label of a host name, so neither `evil-example.com` nor `a.b.example.com` matches. */
function toWildcard(domain: string): (origin: string) => boolean {
  const [before = '', after = ''] = normalise(domain).split('*');
  return (origin) =>
    origin.length > before.length + after.length &&
    origin.startsWith(before) &&
    origin.endsWith(after) &&
    /^[a-z0-9-]+$/.test(origin.slice(before.length, origin.length - after.length));
}

/** True for a page that the engine itself served. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return (
    origin !== undefined && host !== undefined && /^https?:\/\//.test(origin) && origin.split('/')[2] === host
  );
}

/** Adds the headers a browser asks for; answers true when the request was a preflight and is done. */
export function applyCors(policy: CorsPolicy, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (!policy.isEnabled || origin === undefined) return false;
  response.setHeader('vary', 'Origin');
  const isPreflight =
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (policy.isAllowed(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    if (isPreflight) {
      response.setHeader('access-control-allow-methods', 'GET,POST,PUT,PATCH,DELETE,OPTIONS');
      response.setHeader('access-control-max-age', '1728000');
      const wanted = request.headers['access-control-request-headers'];
      if (wanted !== undefined) response.setHeader('access-control-allow-headers', wanted);
    } else response.setHeader('access-control-expose-headers', 'x-request-id');
  }
  if (!isPreflight) return false;
  response.writeHead(204).end();
  return true;
}
