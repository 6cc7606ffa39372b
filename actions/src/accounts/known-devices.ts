/**
 * Devices from which somebody has signed in as an e-mail address before.
 *
 * Such a device has wrong guesses of its own, so that strangers who use up what unknown clients share lock nobody out of
 * a browser they use. It proves itself by a cookie that we sign; the cookie opens nothing and says nothing: it holds random
 * ids, days, and signatures over them and the address.
 */

import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a device is known after its last sign-in. */
export const DEVICE_DAYS = 180;

/** People of one browser; the one who has not signed in for longest is forgotten. */
const MOST_ENTRIES = 5;

const ID_BYTES = 12;
const DAY_BYTES = 4;
const MAC_BYTES = 24;
/** Base64url of an identity, a day and a code: 40 bytes. */
const ENTRY = /^[\w-]{54}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Signs and reads the cookie. One per process; replicas with the same secret know the same devices. */
export class KnownDevices {
  readonly #key: Buffer;

  /** The secret is the action secret: whoever has that is Hasura, for whom there are shorter ways. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'tierline device cookie', 32));
  }

  /** The id of the device if its cookie was signed for this address (as `emailKeyOf` writes it) not too long ago. */
  find(cookie: string | undefined, emailKey: string, now = Date.now()): string | undefined {
    return entriesOf(cookie)
      .map((entry) => this.#idOf(entry, emailKey, now))
      .find((id) => id !== undefined);
  }

  /** The cookie after a sign-in: what was in it, and this address in front. A device that is known keeps its id. */
  remember(cookie: string | undefined, emailKey: string, now = Date.now()): string {
    const id = this.find(cookie, emailKey, now) ?? randomBytes(ID_BYTES).toString('base64url');
    const others = entriesOf(cookie).filter((entry) => this.#idOf(entry, emailKey, now) === undefined);
    return [this.#sign(id, emailKey, now), ...others].slice(0, MOST_ENTRIES).join('.');
  }

  #sign(id: string, emailKey: string, now: number): string {
    const signed = Buffer.alloc(ID_BYTES + DAY_BYTES);
    signed.set(Buffer.from(id, 'base64url'));
    signed.writeUInt32BE(Math.floor(now / DAY_MS), ID_BYTES);
    return Buffer.concat([signed, this.#macOf(signed, emailKey)]).toString('base64url');
  }

  #idOf(entry: string, emailKey: string, now: number): string | undefined {
    const bytes = Buffer.from(entry, 'base64url');
    const signed = bytes.subarray(0, ID_BYTES + DAY_BYTES);
    if (!timingSafeEqual(bytes.subarray(ID_BYTES + DAY_BYTES), this.#macOf(signed, emailKey)))
      return undefined;
    const age = Math.floor(now / DAY_MS) - signed.readUInt32BE(ID_BYTES);
    return age <= DEVICE_DAYS ? signed.subarray(0, ID_BYTES).toString('base64url') : undefined;
  }

  #macOf(signed: Buffer, emailKey: string): Buffer {
    return createHmac('sha256', this.#key).update(signed).update(emailKey).digest().subarray(0, MAC_BYTES);
  }
}

/** Whatever a client sends: entries of the right shape, no more than we ever put in. */
function entriesOf(cookie: string | undefined): string[] {
  return (cookie ?? '').split('.', MOST_ENTRIES).filter((entry) => ENTRY.test(entry));
}
