/**
 * The one table of limits. Counters are rows in Postgres, so that all replicas, GraphQL and REST count together
 * (docs/adr/0007-rate-limits-in-postgres.md).
 */

import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from './accounts/actor.ts';
import type { Config } from './config.ts';
import type { Database } from './db.ts';
import { ActionError, type ExceededLimit } from './errors.ts';
import type { Metrics } from './metrics.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** The window of each limit, in seconds. */
const WINDOWS = {
  submit: HOUR,
  vendor_list: HOUR,
  admin: HOUR,
  login: 15 * MINUTE,
  login_device: 15 * MINUTE,
  login_address: 15 * MINUTE,
  password_reset: HOUR,
  password_reset_device: HOUR,
} as const;

/** What is limited. */
export type LimitName = keyof typeof WINDOWS;

/** How many failures of one client address go on one of an e-mail address: ten people may share an office. */
const ADDRESS_FACTOR = 10;

/** Mails with a reset link that one address may ask for. */
const PASSWORD_RESETS = 3;

/** Where a caller stands in the window that runs, also when that is beyond its end. */
export type RateLimitState = ExceededLimit;

/** The counters. */
export interface RateLimits {
  /** Counts a call; throws RATE_LIMIT_EXCEEDED when it is one too many. Null when the limit is off. */
  count(name: LimitName, key: string): Promise<RateLimitState | null>;
  /** Takes back what was counted before it turned out not to count. */
  forgive(name: LimitName, key: string): Promise<void>;
  /** Starts a window afresh. */
  forget(name: LimitName, key: string): Promise<void>;
  /** Drops counters whose window has ended. */
  deleteExpired(): Promise<void>;
}

/** Opens the counters; nothing is asked of the database before the first call. */
export function createRateLimits(
  config: Pick<Config, 'rateLimits'>,
  database: Database,
  metrics: Metrics,
): RateLimits {
  const limits = limitsOf(config.rateLimits);
  const limiters = new Map(
    (Object.keys(WINDOWS) as LimitName[])
      .filter((name) => limits[name] > 0)
      .map((name) => [name, openLimiter(database, name, limits[name])]),
  );
  return {
    count: async (name, key) => {
      const limiter = limiters.get(name);
      if (limiter === undefined) return null;
      try {
        return stateOf(limits[name], await limiter.consume(key));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        metrics.rateLimitHits.inc({ limit: name });
        throw tooMany(stateOf(limits[name], refusal));
      }
    },
    forgive: async (name, key) => {
      await limiters.get(name)?.reward(key);
    },
    forget: async (name, key) => {
      await limiters.get(name)?.delete(key);
    },
    deleteExpired: async () => {
      await database.query('delete from private.rate_limits where expire < $1', [Date.now()]);
    },
  };
}

/**
 * Counts a call of a person. An administrator's calls count together per user; a vendor's by the limit that the call
 * has, per vendor. Both keys are the database's, never what a client says about itself.
 */
export async function countCall(
  rateLimits: RateLimits,
  actor: Actor,
  vendorLimit: 'submit' | 'vendor_list' | undefined,
): Promise<RateLimitState | null> {
  if (actor.role === 'app_admin') return rateLimits.count('admin', actor.userId);
  return vendorLimit === undefined ? null : rateLimits.count(vendorLimit, actor.vendorId);
}

/** The key of something that does not belong into a table as it is: an e-mail address, also one that nobody has. */
export function hashedKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function limitsOf({ submit, vendorList, admin, login }: Config['rateLimits']): Record<LimitName, number> {
  return {
    submit,
    vendor_list: vendorList,
    admin,
    login,
    login_device: login,
    login_address: login * ADDRESS_FACTOR,
    password_reset: login === 0 ? 0 : PASSWORD_RESETS,
    password_reset_device: login === 0 ? 0 : PASSWORD_RESETS,
  };
}

function openLimiter(database: Database, name: LimitName, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: storeClient(database),
    storeType: 'client',
    schemaName: 'private',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: WINDOWS[name],
  });
}

/** The library speaks to something like a client of `pg`; ours is behind the one module that knows `pg`. */
function storeClient(database: Database) {
  return {
    query: async ({ text, values }: { text: string; values: unknown[] }) => {
      const rows = await database.query(text, values);
      return { rows, rowCount: rows.length };
    },
  };
}

function stateOf(limit: number, { remainingPoints, msBeforeNext }: RateLimiterRes): RateLimitState {
  return { limit, remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}

function tooMany(rateLimit: RateLimitState): ActionError {
  const minutes = Math.ceil(rateLimit.resetSeconds / MINUTE);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new ActionError('RATE_LIMIT_EXCEEDED', `That was too often. Please try again in ${wait}.`, {
    rateLimit,
  });
}
