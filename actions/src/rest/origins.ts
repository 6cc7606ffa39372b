/** Which pages may use our cookies: the two UIs. */

import type { Config } from '../config.ts';

const LOOPBACK_TWINS: Readonly<Record<string, string>> = { localhost: '127.0.0.1', '127.0.0.1': 'localhost' };

/** The origins of our UIs; on loopback its two names count alike. */
export function allowedOrigins({
  portalUrl,
  adminUrl,
}: Pick<Config, 'portalUrl' | 'adminUrl'>): ReadonlySet<string> {
  return new Set([portalUrl, adminUrl].flatMap(originsOf));
}

function originsOf(url: URL): string[] {
  const twin = LOOPBACK_TWINS[url.hostname];
  if (twin === undefined) return [url.origin];
  const other = new URL(url);
  other.hostname = twin;
  return [url.origin, other.origin];
}
