import type { Bounds } from './bounds.ts';

/** How many connections to Postgres a role and one client of it may have at a time. */
export interface PoolShare {
  readonly role: number;
  readonly client: number;
}

/** Of the pool, so much is left to others by a role, and by one client. */
const roleShare = 0.8;
const clientShare = 0.5;

/** The bounds of a role, but never all of the pool: whoever fills their share leaves a reserve to everybody else. */
export function poolShareOf(
  { concurrentRequests, concurrentPerClient }: Bounds,
  maxConnections: number,
): PoolShare {
  return {
    role: atMost(concurrentRequests, maxConnections * roleShare),
    client: atMost(concurrentPerClient, maxConnections * clientShare),
  };
}

/** No bound is none here either: administrators are not kept waiting. */
function atMost(bound: number, share: number): number {
  return Number.isFinite(bound) ? Math.min(bound, Math.max(1, Math.floor(share))) : bound;
}
