/** Somebody forgot a password: a mail with a one-time link goes out, if the address is known. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { orderEmail } from '../mail/order-email.ts';
import type { RateLimitState } from '../rate-limits.ts';
import type { Services } from '../services.ts';
import { emailField } from './email-field.ts';
import { type Client, identify } from './login-guard.ts';
import { findAccountByEmail } from './session-store.ts';

/** Whose password. */
export const requestResetInput = z.strictObject({ email: emailField() });

/** The same time for every address, known or not. */
const ANSWER_AFTER_MS = 150;

/**
 * Orders the mail; the answer, and the time it takes, are the same for any address.
 *
 * No link is made here: that happens when the mail is sent (docs/adr/0013-reset-links-are-made-when-sent.md).
 */
export async function requestPasswordReset(
  services: Pick<Services, 'database' | 'rateLimits' | 'mailQueue' | 'knownDevices'>,
  { email }: z.output<typeof requestResetInput>,
  client: Client,
): Promise<RateLimitState | null> {
  const { database, rateLimits, mailQueue } = services;
  const { emailKey, isKnown, turn } = await identify(services, email, client);
  const state = isKnown
    ? await rateLimits.count('password_reset_device', `${emailKey}:${turn.client}`)
    : await rateLimits.count('password_reset', emailKey);
  const order = database.withTransaction((transaction) => orderReset(transaction, email), {
    isolation: 'read committed',
  });
  await Promise.all([order, sleep(ANSWER_AFTER_MS)]);
  // For unknown addresses too, so that nobody can tell.
  mailQueue.nudge();
  return state;
}

async function orderReset(db: Queryable, email: string): Promise<void> {
  const account = await findAccountByEmail(db, email);
  if (account === undefined || account.isDisabled) return;
  await orderEmail(db, {
    dedupeKey: `password_reset:${randomUUID()}`,
    template: 'password_reset',
    recipient: account.email,
    userId: account.id,
    eventId: null,
  });
}
