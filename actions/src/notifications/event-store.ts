/** The SQL on what is told to whom: one function a statement. */

import type { Queryable } from '../db.ts';

/** A row of the timeline about a request, with all that texts need. The names are those of now. */
export interface UpgradeEvent {
  readonly id: string;
  readonly kind: 'submitted' | 'approved' | 'rejected' | 'cancelled';
  readonly requestId: string;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly at: Date;
  readonly actorRole: 'vendor' | 'app_admin' | 'database';
  /** For the vendor to read. */
  readonly note: string | null;
  readonly currentTier: number;
  readonly targetTier: number;
  readonly currentTierName: string;
  readonly targetTierName: string;
  readonly justification: string;
  /** From the submission to this event. */
  readonly secondsSinceSubmission: number;
}

/** A row of the timeline about a tier that an administrator set. */
export interface TierChange {
  readonly id: string;
  readonly kind: 'tier_changed';
  readonly vendorId: string;
  readonly toTierName: string;
  readonly note: string | null;
}

/** Reads an event of a request; undefined for other kinds, or when the request is gone. */
export async function readUpgradeEvent(db: Queryable, eventId: string): Promise<UpgradeEvent | undefined> {
  const [event] = await db.query<UpgradeEvent>(
    `select e.id::text, e.kind, e.request_id as "requestId", v.id as "vendorId", v.name as "vendorName", e.at,
       e.actor_role as "actorRole", e.note,
       r.current_tier as "currentTier", r.target_tier as "targetTier",
       now_at.name as "currentTierName", target.name as "targetTierName",
       r.business_justification as "justification",
       extract(epoch from e.at - r.created_at)::float8 as "secondsSinceSubmission"
     from public.tier_upgrade_request_events e
     join public.tier_upgrade_requests r on r.id = e.request_id
     join public.vendors v on v.id = r.vendor_id
     join public.tiers now_at on now_at.level = r.current_tier
     join public.tiers target on target.level = r.target_tier
     where e.id = $1 and e.kind in ('submitted', 'approved', 'rejected', 'cancelled')`,
    [eventId],
  );
  return event;
}

/** Reads a direct change of a tier; undefined for other kinds, or when the vendor is gone. */
export async function readTierChange(db: Queryable, eventId: string): Promise<TierChange | undefined> {
  const [change] = await db.query<TierChange>(
    `select e.id::text, e.kind, v.id as "vendorId", t.name as "toTierName", e.note
     from public.tier_upgrade_request_events e
     join public.vendors v on v.id = e.vendor_id
     join public.tiers t on t.level = e.to_tier
     where e.id = $1 and e.kind = 'tier_changed'`,
    [eventId],
  );
  return change;
}

/** Somebody who is told. */
export interface Reader {
  readonly userId: string;
  readonly email: string;
}

/** Every enabled administrator. Held, so that none is deleted before they are told. */
export function holdEnabledAdmins(db: Queryable): Promise<Reader[]> {
  return db.query<Reader>(
    `select id as "userId", email from public.users
     where role = 'admin' and disabled_at is null order by id for key share`,
  );
}

/** Every enabled user of a vendor, held likewise. */
export function holdEnabledUsersOf(db: Queryable, vendorId: string): Promise<Reader[]> {
  return db.query<Reader>(
    `select id as "userId", email from public.users
     where vendor_id = $1 and disabled_at is null order by id for key share`,
    [vendorId],
  );
}

/** A line in the bell of a user. */
export interface Notification {
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly requestId: string | null;
}

/** Notifies users of an event, each once however often this is called. */
export async function addNotifications(
  db: Queryable,
  eventId: string,
  userIds: readonly string[],
  { kind, title, body, requestId }: Notification,
): Promise<void> {
  await db.query(
    `insert into public.notifications (user_id, kind, title, body, request_id, dedupe_key)
     select user_id, $3, $4, $5, $6, format('%s:%s:%s', $3::text, $1::text, user_id)
     from unnest($2::uuid[]) as user_id
     on conflict (dedupe_key) do nothing`,
    [eventId, userIds, kind, title, body, requestId],
  );
}

/** Keeps the figures of an event of a request, once. */
export async function recordAnalytics(db: Queryable, event: UpgradeEvent): Promise<void> {
  const { id, kind, vendorId, currentTier, targetTier, at, secondsSinceSubmission } = event;
  const isDecision = kind === 'approved' || kind === 'rejected';
  await db.query(
    `insert into public.analytics_events (name, properties, at, dedupe_key)
     values ($1, $2, $3, $4) on conflict (dedupe_key) do nothing`,
    [
      `tier_upgrade_request_${kind}`,
      JSON.stringify({
        vendorId,
        currentTier,
        targetTier,
        ...(isDecision && { reviewSeconds: Math.max(0, Math.round(secondsSinceSubmission)) }),
      }),
      at,
      `tier_upgrade_request_${kind}:${id}`,
    ],
  );
}
