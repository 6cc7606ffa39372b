/** Ids → a mail. All texts and links are made here, at the moment of sending, and are kept nowhere. */

import { createResetLink } from '../accounts/reset-tokens.ts';
import type { UserRole } from '../accounts/roles.ts';
import type { Config } from '../config.ts';
import type { Database, Queryable } from '../db.ts';
import { readUpgradeEvent, type UpgradeEvent } from '../notifications/event-store.ts';
import type { Attempt } from './delivery-store.ts';
import { renderMail, type WrittenMail } from './templates/layout.ts';
import { passwordResetMail } from './templates/password-reset.ts';
import { approvedMail, rejectedMail, submittedMail } from './templates/upgrade-requests.ts';

/** Why no attempt will ever succeed, for operators. */
interface Undeliverable {
  readonly undeliverable: string;
}

interface Reader {
  readonly id: string;
  readonly role: UserRole;
  readonly isDisabled: boolean;
}

/** Writes the mail of an order. */
export async function composeMail(
  { database, config }: { readonly database: Database; readonly config: Config },
  { template, userId, eventId }: Pick<Attempt, 'template' | 'userId' | 'eventId'>,
): Promise<WrittenMail | Undeliverable> {
  const reader = await readReader(database, userId);
  if (reader === undefined || reader.isDisabled) {
    return { undeliverable: 'The user whom it was for is disabled or no longer exists.' };
  }
  if (template === 'password_reset') {
    return renderMail(passwordResetMail(await createResetLink(database, config, reader)));
  }
  const event = eventId === null ? undefined : await readUpgradeEvent(database, eventId);
  if (event === undefined) return { undeliverable: 'The request that it tells of no longer exists.' };
  return renderMail(await writeAbout(template, database, config, event));
}

async function writeAbout(
  template: Exclude<Attempt['template'], 'password_reset'>,
  db: Queryable,
  { portalUrl, adminUrl }: Config,
  event: UpgradeEvent,
) {
  const answer = new URL('/portal/dashboard#answer', portalUrl);
  answer.searchParams.set('answer', event.requestId);
  const dashboard = answer.href;
  switch (template) {
    case 'submitted':
      return submittedMail(
        event,
        new URL(`/admin/tier_upgrade_requests/${event.requestId}/show`, adminUrl).href,
      );
    case 'approved':
      return approvedMail(event, await readFeatures(db, event.targetTier), dashboard);
    case 'rejected':
      return rejectedMail(event, dashboard);
  }
}

async function readReader(db: Queryable, userId: string): Promise<Reader | undefined> {
  const [reader] = await db.query<Reader>(
    'select id, role, disabled_at is not null as "isDisabled" from public.users where id = $1',
    [userId],
  );
  return reader;
}

async function readFeatures(db: Queryable, tier: number): Promise<readonly string[]> {
  const [row] = await db.query<{ features: string[] }>('select features from public.tiers where level = $1', [
    tier,
  ]);
  return row?.features ?? [];
}
