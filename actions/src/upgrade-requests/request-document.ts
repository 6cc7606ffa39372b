/** A request as REST shows it: one shape for administrators, a narrower one for vendors. */

import { z } from 'zod';
import type { PersonRole } from '../accounts/roles.ts';
import type { Queryable } from '../db.ts';
import { isoTime } from '../iso-time.ts';
import { STATUSES, type Status } from './status.ts';

const person = z.object({ id: z.guid(), email: z.string() });

const commonShape = {
  id: z.guid(),
  vendor: z.object({ id: z.guid(), name: z.string(), email: z.string(), slug: z.string() }),
  currentTier: z.int().min(1).max(4).describe('The tier when the request was made.'),
  targetTier: z.int().min(1).max(4),
  businessJustification: z.string(),
  status: z.enum(STATUSES),
  reviewedAt: z.iso.datetime().optional(),
  rejectionReason: z.string().optional().describe('Of a rejected request: for the vendor to read.'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** What a vendor sees: nothing of the administrators but their reason. */
export const vendorRequestSchema = z.object({
  ...commonShape,
  user: person.nullable().describe('Who submitted it, if that is a user of the vendor who still exists.'),
});

/** What an administrator sees. */
export const adminRequestSchema = z.object({
  ...commonShape,
  user: person.nullable().describe('Who submitted it; null once that user is deleted.'),
  reviewedBy: person.optional(),
  adminNotes: z.string().optional().describe('Among administrators only.'),
});

/** A request as a vendor or an administrator gets it. */
export type RequestDocument = z.output<typeof vendorRequestSchema> | z.output<typeof adminRequestSchema>;

/** A row of `REQUEST_COLUMNS`. */
export interface RequestRow {
  readonly id: string;
  readonly vendorId: string;
  readonly vendorName: string;
  readonly vendorEmail: string;
  readonly vendorSlug: string;
  readonly userId: string | null;
  readonly userEmail: string | null;
  readonly isOfVendor: boolean | null;
  readonly currentTier: number;
  readonly targetTier: number;
  readonly businessJustification: string;
  readonly status: Status;
  readonly reviewerId: string | null;
  readonly reviewerEmail: string | null;
  readonly reviewedAt: string | null;
  readonly rejectionReason: string | null;
  readonly adminNotes: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The columns of a document, over the joins below. */
export const REQUEST_COLUMNS = `r.id, r.vendor_id as "vendorId", v.name as "vendorName", v.email as "vendorEmail",
  v.slug as "vendorSlug", u.id as "userId", u.email as "userEmail", u.vendor_id = r.vendor_id as "isOfVendor",
  r.current_tier as "currentTier", r.target_tier as "targetTier", r.business_justification as "businessJustification",
  r.status, reviewer.id as "reviewerId", reviewer.email as "reviewerEmail", ${isoTime('r.reviewed_at')} as "reviewedAt",
  r.rejection_reason as "rejectionReason", r.admin_notes as "adminNotes", ${isoTime('r.created_at')} as "createdAt",
  ${isoTime('r.updated_at')} as "updatedAt"`;

/** What a request `r` is shown with. */
export const REQUEST_JOINS = `join public.vendors v on v.id = r.vendor_id
  left join public.users u on u.id = r.user_id
  left join public.users reviewer on reviewer.id = r.reviewed_by`;

/** Makes the document of a row for somebody with this role. */
export function toDocument(role: PersonRole, row: RequestRow): RequestDocument {
  const common = {
    id: row.id,
    vendor: { id: row.vendorId, name: row.vendorName, email: row.vendorEmail, slug: row.vendorSlug },
    user: toPerson(row.userId, row.userEmail),
    currentTier: row.currentTier,
    targetTier: row.targetTier,
    businessJustification: row.businessJustification,
    status: row.status,
    ...(row.reviewedAt === null ? {} : { reviewedAt: row.reviewedAt }),
    ...(row.rejectionReason === null ? {} : { rejectionReason: row.rejectionReason }),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
  // An administrator who submits on a vendor's behalf may be the one who decides other requests: not for the vendor.
  if (role === 'vendor') return { ...common, user: row.isOfVendor === true ? common.user : null };
  const reviewedBy = toPerson(row.reviewerId, row.reviewerEmail);
  return {
    ...common,
    ...(reviewedBy === null ? {} : { reviewedBy }),
    ...(row.adminNotes === null ? {} : { adminNotes: row.adminNotes }),
  };
}

/** Reads one request; undefined when there is none. */
export async function readDocument(
  db: Queryable,
  role: PersonRole,
  requestId: string,
): Promise<RequestDocument | undefined> {
  const [row] = await db.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from public.tier_upgrade_requests r ${REQUEST_JOINS} where r.id = $1`,
    [requestId],
  );
  return row && toDocument(role, row);
}

function toPerson(id: string | null, email: string | null) {
  return id === null || email === null ? null : { id, email };
}
