/** The SQL on mails: one function a statement. */

import type { Queryable } from '../db.ts';
import type { EmailTemplate } from './order-email.ts';

/** A mail that is about to be tried. */
export interface Attempt {
  readonly deliveryId: string;
  readonly template: EmailTemplate;
  readonly recipient: string;
  readonly userId: string;
  readonly eventId: string | null;
  readonly messageId: string;
  /** How many there were, this one included. */
  readonly attempts: number;
}

/** How long a sender that does not say a word keeps a mail. */
export const LEASE_SECONDS = 15;

/** A mail that was taken to be sent. */
export interface DueEmail {
  readonly deliveryId: string;
  readonly domain: string;
}

/**
 * Takes the mail that has been due longest, those to some domains aside; nobody else gets it while the lease runs.
 * Undefined when none is due.
 */
export async function takeDueEmail(
  db: Queryable,
  passedOver: readonly string[],
): Promise<DueEmail | undefined> {
  const [order] = await db.query<DueEmail>(
    `update private.email_orders set leased_until = now() + make_interval(secs => $1)
     where delivery_id = (
       select delivery_id from private.email_orders
       where next_attempt_at <= now() and (leased_until is null or leased_until < now())
         and domain <> all ($2::text[])
       order by next_attempt_at limit 1 for update skip locked
     )
     returning delivery_id as "deliveryId", domain`,
    [LEASE_SECONDS, passedOver],
  );
  return order;
}

/** Keeps a mail that is still under way. */
export async function renewLease(db: Queryable, deliveryId: string): Promise<void> {
  await db.query(
    `update private.email_orders set leased_until = now() + make_interval(secs => $2)
     where delivery_id = $1 and next_attempt_at is not null`,
    [deliveryId, LEASE_SECONDS],
  );
}

/** Counts an attempt before it is made. Undefined when the mail was sent or given up already: nothing is left to do. */
export async function beginAttempt(
  db: Queryable,
  deliveryId: string,
  messageId: string,
): Promise<Attempt | undefined> {
  const [attempt] = await db.query<Attempt>(
    `update public.email_deliveries d
       set attempts = d.attempts + 1, message_id = coalesce(d.message_id, $2)
       from private.email_orders o
       where d.id = $1 and o.delivery_id = d.id and d.status in ('queued', 'failed')
       returning d.id as "deliveryId", d.template, d.recipient, d.attempts, d.message_id as "messageId",
         o.user_id as "userId", o.event_id::text as "eventId"`,
    [deliveryId, messageId],
  );
  return attempt;
}

/** What became of an attempt. */
export type AttemptOutcome =
  | { readonly status: 'sent' }
  | { readonly status: 'failed'; readonly error: string; readonly retryAfterSeconds: number }
  | { readonly status: 'dead'; readonly error: string };

/** Writes down what became of an attempt and lets go of the mail. One that was sent stays so, whoever comes later. */
export async function endAttempt(db: Queryable, deliveryId: string, outcome: AttemptOutcome): Promise<void> {
  await db.query(
    `with delivery as (
       update public.email_deliveries
         set status = $2, last_error = $3, sent_at = case when $2 = 'sent' then now() end
         where id = $1 and status <> 'sent'
     )
     update private.email_orders
       set leased_until = null, next_attempt_at = now() + make_interval(secs => $4::float8)
       where delivery_id = $1`,
    [
      deliveryId,
      outcome.status,
      outcome.status === 'sent' ? null : outcome.error,
      outcome.status === 'failed' ? outcome.retryAfterSeconds : null,
    ],
  );
}

/** Forgets a mail on which nothing is left to do. */
export async function closeOrder(db: Queryable, deliveryId: string): Promise<void> {
  await db.query(
    'update private.email_orders set leased_until = null, next_attempt_at = null where delivery_id = $1',
    [deliveryId],
  );
}

/** Gives up mails whose reader was deleted: what they are about went with the user. */
export async function giveUpOrphanedEmails(db: Queryable): Promise<void> {
  await db.query(
    `update public.email_deliveries d
       set status = 'dead', last_error = 'The user whom it was for no longer exists.'
       where d.status in ('queued', 'failed')
         and not exists (select from private.email_orders o where o.delivery_id = d.id)`,
  );
}
