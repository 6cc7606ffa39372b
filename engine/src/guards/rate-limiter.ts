import { createHash } from 'node:crypto';
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { ApiLimits, RateLimitValue } from '../metadata/types.ts';
import { limitOfRole } from '../request/limits.ts';

const windowSeconds = 60;

/**
 * Counts the operations of `api_limits.rate_limit`, in the memory of this process: engines that share a
 * database, and workers that share a port, each count for themselves. A caller's minute begins with the first
 * operation in it.
 */
export class RateLimiter {
  /** By how many operations a minute may hold. */
  readonly #limiters = new Map<number, RateLimiterMemory>();

  /**
   * Counts one operation and refuses it when the caller's minute is full. Who counts as one caller: all of a
   * role, or within it all of an address or of the same values of session variables. Admins are never counted.
   */
  async admit(limits: ApiLimits | undefined, session: Session, ip: string): Promise<void> {
    if (limits === undefined || limits.disabled || session.isAdmin) return;
    const limit = limitOfRole(limits.rate_limit, session.role);
    if (limit === null) return;
    const points = limit.max_reqs_per_min;
    let limiter = this.#limiters.get(points);
    if (!limiter) {
      const { RateLimiterMemory } = await import('rate-limiter-flexible');
      // Somebody else may have come to it in the meantime, and one count must hold them all.
      limiter = this.#limiters.get(points) ?? new RateLimiterMemory({ points, duration: windowSeconds });
      this.#limiters.set(points, limiter);
    }
    try {
      await limiter.consume(keyOf(limit, session, ip));
    } catch (thrown) {
      if (thrown instanceof Error) throw thrown;
      throw new EngineError('rate-limit-exceeded', `rate limit of ${points} exceeded`, { status: 429 });
    }
  }
}

/** Of one length whatever a client sends, so that long headers take no memory. */
function keyOf({ unique_params: params }: RateLimitValue, session: Session, ip: string): string {
  const parts =
    typeof params === 'string'
      ? [ip]
      : (params ?? []).map((name) => session.variables[name.toLowerCase()] ?? null);
  return createHash('sha256')
    .update(JSON.stringify([session.role, ...parts]))
    .digest('base64');
}
