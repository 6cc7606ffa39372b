/** The SQL on vendors: one function a statement. */

import type { Queryable } from '../db.ts';

/** What the rules look at. */
export interface Vendor {
  readonly id: string;
  readonly tier: number;
  readonly isBeta: boolean;
}

/** The highest tier there is. */
export const MAX_TIER = 4;

const COLUMNS = 'id, tier, is_beta as "isBeta"';

/** Reads a vendor. */
export async function readVendor(db: Queryable, vendorId: string): Promise<Vendor | undefined> {
  const [vendor] = await db.query<Vendor>(`select ${COLUMNS} from public.vendors where id = $1`, [vendorId]);
  return vendor;
}

/** Keeps a vendor's tier from moving until the transaction ends. */
export async function holdVendor(db: Queryable, vendorId: string): Promise<void> {
  await db.query('select from public.vendors where id = $1 for share', [vendorId]);
}

/** Locks a vendor whose tier is about to move. Requests are locked before vendors, always. */
export async function lockVendor(db: Queryable, vendorId: string): Promise<Vendor | undefined> {
  const [vendor] = await db.query<Vendor>(
    `select ${COLUMNS} from public.vendors where id = $1 for no key update`,
    [vendorId],
  );
  return vendor;
}
