/** Password hashing: argon2id, never more at once than there are cores. */

import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import { Semaphore } from '../semaphore.ts';

// The library's enum exists at compile time only.
const ARGON2ID = 2;

// The 19 MiB, two passes and one lane that OWASP recommends as the lower bound for argon2id.
const PARAMETERS: Options = { algorithm: ARGON2ID, memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** Hashes and compares passwords. One per process, since the cores are shared by all. */
export class PasswordHasher {
  readonly #slots = new Semaphore(availableParallelism());
  #decoy: Promise<string> | undefined;

  /** The PHC string to store for a password. */
  hash(password: string): Promise<string> {
    return this.#slots.run(() => hash(password, PARAMETERS));
  }

  /**
   * Whether a password fits a stored hash.
   *
   * Without a usable hash (no such user, or one who has set no password yet) a decoy of the same cost is compared and
   * the answer is no, so that an unknown address takes as long as a wrong password.
   */
  async verify(password: string, storedHash: string | undefined): Promise<boolean> {
    const decoy = await this.#decoyHash();
    const isUsable = storedHash?.startsWith('$argon2id$') === true;
    const fits = await this.#slots.run(() => verify(isUsable ? storedHash : decoy, password));
    return isUsable && fits;
  }

  /** Made once and before it is needed, or the first unknown address would take twice as long. */
  #decoyHash(): Promise<string> {
    this.#decoy ??= this.hash('nobody has this password');
    return this.#decoy;
  }
}
