/** How REST tells where a caller stands. Hasura passes no headers on, so actions say it in their bodies. */

import type { Response } from 'express';
import type { RateLimitState } from '../rate-limits.ts';

/** Sets the headers of a limited path; without a limit there are none. */
export function tellRateLimit(response: Response, state: RateLimitState | null): void {
  if (state === null) return;
  response.setHeader('RateLimit-Limit', state.limit);
  response.setHeader('RateLimit-Remaining', state.remaining);
  response.setHeader('RateLimit-Reset', state.resetSeconds);
  response.setHeader('X-RateLimit-Remaining', state.remaining);
}
