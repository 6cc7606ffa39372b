/**
 * Guessing passwords is limited, and only wrong guesses count.
 *
 * A client that is not known shares the guesses at an e-mail address with all others that are not, and those of its
 * address with its neighbours. A known device has guesses of its own, and so has a session: strangers cannot use them up.
 */

import { isIPv6 } from 'node:net';
import type { Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import type { LimitName, RateLimitState } from '../rate-limits.ts';
import { hashedKey } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import type { Turn } from '../turn-queue.ts';
import type { Caller } from './actor.ts';

/** What is known of the client that asks. */
export interface Client {
  /** Null where the connection is Hasura's, and nobody whom we trust says whose it was. */
  readonly address: string | null;
  /** As it was sent, if it was: whether it is ours is for `identify` to say. */
  readonly deviceCookie: string | undefined;
}

/** Who guesses, by what they are counted, and whose turn it is to have a password compared. */
export interface Guesser {
  readonly emailKey: string;
  readonly isKnown: boolean;
  readonly counters: readonly (readonly [LimitName, string])[];
  readonly turn: Turn;
}

/** A wrong password, or a user who has none that counts: the one failure that is a guess. */
export class WrongCredentials extends ActionError {
  constructor(message: string) {
    super('UNAUTHORIZED', message);
  }
}

/** Who a client is that names an e-mail address. */
export async function identify(
  { database, knownDevices }: Pick<Services, 'database' | 'knownDevices'>,
  email: string,
  { address, deviceCookie }: Client,
): Promise<Guesser> {
  const emailKey = await emailKeyOf(database, email);
  const device = knownDevices.find(deviceCookie, emailKey);
  if (device !== undefined) {
    const counters = [['login_device', `${emailKey}:${device}`]] as const;
    return { emailKey, isKnown: true, counters, turn: { isKnown: true, client: device, subject: emailKey } };
  }
  const addressKey = address === null ? undefined : addressKeyOf(address);
  return {
    emailKey,
    isKnown: false,
    counters: [
      ['login', emailKey],
      ...(addressKey === undefined ? [] : [['login_address', addressKey] as const]),
    ],
    turn: { isKnown: false, client: addressKey ?? 'through Hasura', subject: emailKey },
  };
}

/** Somebody who is signed in and says their password again. */
export function guesserOfSession({ userId, sessionId }: Caller): Omit<Guesser, 'emailKey'> {
  const key = sessionId ?? userId;
  return {
    isKnown: true,
    counters: [['login_device', `session:${key}`]],
    turn: { isKnown: true, client: key, subject: userId },
  };
}

/**
 * Runs the work if there are guesses left.
 *
 * A guess is counted before it is made and taken back when it was none, so that many at once are no more than one after
 * the other. `onCounted` learns where the first of the counters stands afterwards.
 */
export async function guardGuess<T>(
  { rateLimits }: Pick<Services, 'rateLimits'>,
  { counters }: Pick<Guesser, 'counters'>,
  work: () => Promise<T>,
  onCounted: (state: RateLimitState) => void = () => undefined,
): Promise<T> {
  const counted: (readonly [LimitName, string])[] = [];
  let first: RateLimitState | null = null;
  try {
    for (const [index, [name, key]] of counters.entries()) {
      const state = await rateLimits.count(name, key);
      if (index === 0) first = state;
      counted.push([name, key]);
    }
    const result = await work();
    await forgive();
    return result;
  } catch (error) {
    if (!(error instanceof WrongCredentials)) await forgive();
    else if (first !== null) onCounted(first);
    throw error;
  }

  async function forgive(): Promise<void> {
    for (const [name, key] of counted) await rateLimits.forgive(name, key);
    if (first !== null) onCounted({ ...first, remaining: first.remaining + 1 });
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
