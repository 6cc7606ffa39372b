/** Ordering a mail: the row that operators see, and beside it, out of every role's sight, what it is about. */

import type { Queryable } from '../db.ts';

/** What a mail can be about. */
export type EmailTemplate = 'password_reset' | 'submitted' | 'approved' | 'rejected';

/** A mail to be. */
export interface EmailOrder {
  /** The same for every try to order this very mail, so that it is ordered once. */
  readonly dedupeKey: string;
  readonly template: EmailTemplate;
  readonly recipient: string;
  readonly userId: string;
  /** The row of the timeline that it tells of; null for the reset of a password. */
  readonly eventId: string | null;
}

/** Orders the mail unless that was done before. */
export async function orderEmail(db: Queryable, order: EmailOrder): Promise<void> {
  await db.query(
    `with delivery as (
       insert into public.email_deliveries (dedupe_key, recipient, template)
       values ($1, $2, $3) on conflict (dedupe_key) do nothing
       returning id
     )
     insert into private.email_orders (delivery_id, user_id, event_id, domain)
     select id, $4, $5, lower(split_part($2, '@', -1)) from delivery`,
    [order.dedupeKey, order.recipient, order.template, order.userId, order.eventId],
  );
}
