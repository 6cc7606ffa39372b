/** Guessing passwords is limited per e-mail address and per client address. Only wrong guesses count. */

import { isIPv6 } from 'node:net';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import type { RateLimitState } from '../rate-limits.ts';
import { hashedKey } from '../rate-limits.ts';
import type { Services } from '../services.ts';

/** Whose guess it is. */
export interface Guess {
  readonly email: string;
  /** Null where the connection is Hasura's, not the client's. */
  readonly clientAddress: string | null;
}

/** A wrong password, or a user who has none that counts: the one failure that is a guess. */
export class WrongCredentials extends ActionError {
  constructor(message: string) {
    super('UNAUTHORIZED', message);
  }
}

/**
 * Runs the work if there are guesses left.
 *
 * A guess is counted before it is made and taken back when it was none, so that many at once are no more than one after
 * the other. `onCounted` learns where the e-mail address stands afterwards.
 */
export async function guardGuess<T>(
  { database, rateLimits }: Pick<Services, 'database' | 'rateLimits'>,
  { email, clientAddress }: Guess,
  work: () => Promise<T>,
  onCounted: (state: RateLimitState) => void = () => undefined,
): Promise<T> {
  const emailKey = await emailKeyOf(database, email);
  const addressKey = clientAddress === null ? undefined : addressKeyOf(clientAddress);
  const state = await rateLimits.count('login', emailKey);
  let isAddressCounted = false;
  try {
    if (addressKey !== undefined) await rateLimits.count('login_address', addressKey);
    isAddressCounted = true;
    const result = await work();
    await forgive();
    return result;
  } catch (error) {
    if (!(error instanceof WrongCredentials)) await forgive();
    else if (state !== null) onCounted(state);
    throw error;
  }

  async function forgive(): Promise<void> {
    await rateLimits.forgive('login', emailKey);
    if (isAddressCounted && addressKey !== undefined) await rateLimits.forgive('login_address', addressKey);
    if (state !== null) onCounted({ ...state, remaining: state.remaining + 1 });
  }
}

/** Lower case as the database understands it, or another spelling of an address would have guesses of its own. */
export async function emailKeyOf(db: Queryable, email: string): Promise<string> {
  const [row] = await db.query<{ email: string }>('select lower($1::text) as email', [email]);
  return hashedKey(row!.email);
}

/** A subscriber gets a whole /64 of IPv6, so that counts as one address. */
export function addressKeyOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [withoutZone = ''] = address.split('%', 1);
  const [before = '', after] = withoutZone.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups =
    after === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+/, '') || '0')
    .join(':')}::/64`;
}
