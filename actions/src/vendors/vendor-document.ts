/** A vendor as REST shows it. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { isoTime } from '../iso-time.ts';

/** The shape of it. */
export const vendorSchema = z.object({
  id: z.guid(),
  name: z.string(),
  slug: z.string(),
  email: z.string(),
  tier: z.int().min(1).max(4),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** A vendor. */
export type VendorDocument = z.output<typeof vendorSchema>;

/** Reads a vendor; undefined when there is none. */
export async function readVendorDocument(
  db: Queryable,
  vendorId: string,
): Promise<VendorDocument | undefined> {
  const [vendor] = await db.query<VendorDocument>(
    `select id, name, slug, email, tier, ${isoTime('created_at')} as "createdAt", ${isoTime('updated_at')} as "updatedAt"
     from public.vendors where id = $1`,
    [vendorId],
  );
  return vendor;
}
