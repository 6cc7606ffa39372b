/** The SQL on requests: one function a statement. Triggers write the timeline and move the vendor's tier. */

import type { Queryable } from '../db.ts';
import type { ClosingStatus, Status } from './status.ts';

/** What decisions look at. */
export interface UpgradeRequest {
  readonly id: string;
  readonly vendorId: string;
  /** Who submitted it; null once that user is deleted. */
  readonly userId: string | null;
  readonly targetTier: number;
  readonly status: Status;
}

/** A request to be. */
export interface NewUpgradeRequest {
  readonly vendorId: string;
  readonly userId: string;
  readonly currentTier: number;
  readonly targetTier: number;
  readonly businessJustification: string;
}

/** How a request ends. */
export interface Closing {
  readonly status: ClosingStatus;
  /** Null when nobody reviewed it: it was cancelled. */
  readonly reviewedBy: string | null;
  readonly rejectionReason: string | null;
  readonly adminNotes: string | null;
}

const COLUMNS = 'id, vendor_id as "vendorId", user_id as "userId", target_tier as "targetTier", status';

/** Locks a request until the transaction ends. */
export async function lockRequest(db: Queryable, requestId: string): Promise<UpgradeRequest | undefined> {
  const [request] = await db.query<UpgradeRequest>(
    `select ${COLUMNS} from public.tier_upgrade_requests where id = $1 for update`,
    [requestId],
  );
  return request;
}

/** Locks requests until the transaction ends, in the order of their ids as everywhere. */
export function lockRequests(db: Queryable, requestIds: readonly string[]): Promise<UpgradeRequest[]> {
  return db.query<UpgradeRequest>(
    `select ${COLUMNS} from public.tier_upgrade_requests where id = any ($1::uuid[]) order by id for update`,
    [requestIds],
  );
}

/** Locks the pending request of a vendor. */
export async function lockPendingOfVendor(
  db: Queryable,
  vendorId: string,
): Promise<UpgradeRequest | undefined> {
  const [request] = await db.query<UpgradeRequest>(
    `select ${COLUMNS} from public.tier_upgrade_requests
     where vendor_id = $1 and status = 'pending' for update`,
    [vendorId],
  );
  return request;
}

/** Whether a vendor has a pending request for a tier or a lower one. */
export async function hasPendingUpTo(db: Queryable, vendorId: string, tier: number): Promise<boolean> {
  const rows = await db.query(
    `select from public.tier_upgrade_requests
     where vendor_id = $1 and status = 'pending' and target_tier <= $2`,
    [vendorId, tier],
  );
  return rows.length > 0;
}

/** Locks a request if it is this vendor's: nobody can make an administrator wait by naming a stranger's. */
export async function lockRequestOfVendor(
  db: Queryable,
  requestId: string,
  vendorId: string,
): Promise<UpgradeRequest | undefined> {
  const [request] = await db.query<UpgradeRequest>(
    `select ${COLUMNS} from public.tier_upgrade_requests where id = $1 and vendor_id = $2 for update`,
    [requestId, vendorId],
  );
  return request;
}

/** Whether there is a request with this id, whoever's it is. */
export async function requestExists(db: Queryable, requestId: string): Promise<boolean> {
  const rows = await db.query('select from public.tier_upgrade_requests where id = $1', [requestId]);
  return rows.length > 0;
}

/** Adds a pending request and returns its id. */
export async function insertRequest(db: Queryable, request: NewUpgradeRequest): Promise<string> {
  const rows = await db.query<{ id: string }>(
    `insert into public.tier_upgrade_requests
       (vendor_id, user_id, current_tier, target_tier, business_justification)
     values ($1, $2, $3, $4, $5)
     returning id`,
    [
      request.vendorId,
      request.userId,
      request.currentTier,
      request.targetTier,
      request.businessJustification,
    ],
  );
  return rows[0]!.id;
}

/** Ends requests and returns how many seconds each had waited. */
export async function closeRequests(
  db: Queryable,
  requestIds: readonly string[],
  closing: Closing,
): Promise<number[]> {
  const rows = await db.query<{ waited: number }>(
    `update public.tier_upgrade_requests
     set status = $2,
         reviewed_by = $3::uuid,
         reviewed_at = case when $3::uuid is null then null else now() end,
         rejection_reason = $4,
         admin_notes = $5
     where id = any ($1::uuid[])
     returning extract(epoch from now() - created_at)::float8 as waited`,
    [requestIds, closing.status, closing.reviewedBy, closing.rejectionReason, closing.adminNotes],
  );
  return rows.map(({ waited }) => waited);
}

/** Cancels a request that nobody reviewed. */
export async function cancelPending(db: Queryable, requestId: string): Promise<void> {
  await closeRequests(db, [requestId], {
    status: 'cancelled',
    reviewedBy: null,
    rejectionReason: null,
    adminNotes: null,
  });
}
