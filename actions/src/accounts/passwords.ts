/** Password hashing: argon2id, never more at once than there are cores, and in turns. */

import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import { ActionError } from '../errors.ts';
import { QueueFull, type Turn, TurnQueue } from '../turn-queue.ts';

// The library's enum exists at compile time only.
const ARGON2ID = 2;

// The 19 MiB, two passes and one lane that OWASP recommends as the lower bound for argon2id.
const PARAMETERS: Options = { algorithm: ARGON2ID, memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** Passwords of one client that wait: an office may come to work at the same minute. */
const WAITING_PER_CLIENT = 60;
/** All that wait of one kind of callers: a few seconds' work, since nobody looks at a page for longer. */
const WAITING_PER_KIND = 240;
/** When it is worth coming back. */
const BUSY_SECONDS = 5;

/** Whoever is not a client: the server's own commands and tests. */
const OUR_TURN: Turn = { isKnown: true, client: 'server', subject: '' };

/**
 * Whether a password fits, however its letters were composed by the keyboard it was typed on. Hashes are made of the
 * composed form now; older ones were made of what was typed. Plain letters have one form and are compared once.
 */
async function fitsInSomeForm(storedHash: string, password: string): Promise<boolean> {
  const forms = new Set([password.normalize('NFC'), password, password.normalize('NFD')]);
  for (const form of forms) {
    if (await verify(storedHash, form)) return true;
  }
  return false;
}

/** Hashes and compares passwords. One per process, since the cores are shared by all. */
export class PasswordHasher {
  readonly #queue = new TurnQueue({
    slots: availableParallelism(),
    perClient: WAITING_PER_CLIENT,
    perKind: WAITING_PER_KIND,
  });
  #decoy: Promise<string> | undefined;

  /** The PHC string to store for a password. Throws RATE_LIMIT_EXCEEDED when too many are waiting. */
  hash(password: string, turn: Turn = OUR_TURN): Promise<string> {
    return this.#inTurn(turn, () => hash(password.normalize('NFC'), PARAMETERS));
  }

  /**
   * Whether a password fits a stored hash. Throws RATE_LIMIT_EXCEEDED when too many are waiting.
   *
   * Without a usable hash (no such user, or one who has set no password yet) a decoy of the same cost is compared and
   * the answer is no, so that an unknown address takes as long as a wrong password.
   */
  async verify(password: string, storedHash: string | undefined, turn: Turn = OUR_TURN): Promise<boolean> {
    const decoy = await this.#decoyHash();
    const isUsable = storedHash?.startsWith('$argon2id$') === true;
    const compared = isUsable ? storedHash : decoy;
    const fits = await this.#inTurn(turn, () => fitsInSomeForm(compared, password));
    return isUsable && fits;
  }

  /**
   * Made once and before it is needed, or the first unknown address would take twice as long. It waits for no turn: a
   * queue that is full must not take it away from everybody.
   */
  #decoyHash(): Promise<string> {
    this.#decoy ??= hash('nobody has this password', PARAMETERS);
    return this.#decoy;
  }

  async #inTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#queue.run(turn, work);
    } catch (error) {
      if (!(error instanceof QueueFull)) throw error;
      throw new ActionError(
        'RATE_LIMIT_EXCEEDED',
        'Many people are signing in right now. Please try again in a few seconds.',
        { rateLimit: { limit: WAITING_PER_CLIENT, remaining: 0, resetSeconds: BUSY_SECONDS } },
      );
    }
  }
}
