/** After the commit: whoever has to know of a row of the timeline is told, in the app and by mail. */

import type { Queryable } from '../db.ts';
import { type EmailTemplate, orderEmail } from '../mail/order-email.ts';
import type { Services } from '../services.ts';
import {
  addNotifications,
  holdEnabledAdmins,
  holdEnabledUsersOf,
  type Reader,
  readTierChange,
  readUpgradeEvent,
  recordAnalytics,
  type TierChange,
  type UpgradeEvent,
} from './event-store.ts';
import { cancelledForVendor, notificationForAdmins, notificationForVendor, tierChanged } from './texts.ts';

/** Kinds of rows that somebody is told of. */
const TOLD_KINDS: ReadonlySet<string> = new Set([
  'submitted',
  'approved',
  'rejected',
  'cancelled',
  'tier_changed',
]);

/**
 * Tells of one event. Everything is written in one transaction and under dedupe keys, so that an event that is delivered
 * again finds its work done; the mails themselves go out later, from the queue.
 */
export async function tellOfEvent(
  { database, mailQueue }: Pick<Services, 'database' | 'mailQueue'>,
  { id, kind }: { readonly id: string; readonly kind: string },
): Promise<void> {
  if (!TOLD_KINDS.has(kind)) return;
  await database.withTransaction(
    async (transaction) => {
      if (kind === 'tier_changed') {
        const change = await readTierChange(transaction, id);
        if (change !== undefined) await tellOfTierChange(transaction, change);
        return;
      }
      const event = await readUpgradeEvent(transaction, id);
      // Its vendor was deleted meanwhile, and all who would read of it with it.
      if (event !== undefined) await tellOfUpgrade(transaction, event);
    },
    { isolation: 'read committed' },
  );
  mailQueue.nudge();
}

async function tellOfTierChange(db: Queryable, change: TierChange): Promise<void> {
  await notify(db, change.id, await holdEnabledUsersOf(db, change.vendorId), tierChanged(change));
}

async function tellOfUpgrade(db: Queryable, event: UpgradeEvent): Promise<void> {
  await recordAnalytics(db, event);
  switch (event.kind) {
    case 'submitted': {
      const admins = await holdEnabledAdmins(db);
      await notify(db, event.id, admins, notificationForAdmins(event));
      await orderEmails(db, event, 'submitted', admins);
      return;
    }
    case 'cancelled': {
      await notify(db, event.id, await holdEnabledAdmins(db), notificationForAdmins(event));
      // Vendors cancel by themselves; anybody else's cancelling is news to them.
      if (event.actorRole === 'vendor') return;
      await notify(db, event.id, await holdEnabledUsersOf(db, event.vendorId), cancelledForVendor(event));
      return;
    }
    case 'approved':
    case 'rejected': {
      const users = await holdEnabledUsersOf(db, event.vendorId);
      await notify(db, event.id, users, notificationForVendor(event));
      await orderEmails(db, event, event.kind, users);
      return;
    }
  }
}

function notify(
  db: Queryable,
  eventId: string,
  readers: readonly Reader[],
  notification: Parameters<typeof addNotifications>[3],
): Promise<void> {
  return addNotifications(
    db,
    eventId,
    readers.map(({ userId }) => userId),
    notification,
  );
}

async function orderEmails(
  db: Queryable,
  event: UpgradeEvent,
  template: EmailTemplate,
  readers: readonly Reader[],
): Promise<void> {
  for (const { userId, email } of readers) {
    await orderEmail(db, {
      dedupeKey: `${template}:${event.id}:${userId}`,
      template,
      recipient: email,
      userId,
      eventId: event.id,
    });
  }
}
