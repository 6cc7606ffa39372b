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

/** Locks vendors whose tiers are about to move, in the order of their ids. */
export function lockVendors(db: Queryable, vendorIds: readonly string[]): Promise<Vendor[]> {
  return db.query<Vendor>(
    `select ${COLUMNS} from public.vendors where id = any ($1::uuid[]) order by id for no key update`,
    [vendorIds],
  );
}

/** Sets the tier of a vendor that is locked. */
export async function setTier(db: Queryable, vendorId: string, tier: number): Promise<void> {
  await db.query('update public.vendors set tier = $2 where id = $1', [vendorId, tier]);
}

/** Sets whether a vendor is beta; false when there is no such vendor. */
export async function setBeta(db: Queryable, vendorId: string, isBeta: boolean): Promise<boolean> {
  const vendors = await db.query('update public.vendors set is_beta = $2 where id = $1 returning id', [
    vendorId,
    isBeta,
  ]);
  return vendors.length > 0;
}
