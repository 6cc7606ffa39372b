/** An administrator sets a vendor's tier directly, up or down. */

import { z } from 'zod';
import { announceActor, announceNote, type Caller } from '../accounts/actor.ts';
import type { Database, Queryable } from '../db.ts';
import { idField, optionalText, tierField, trimmedTextField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { refuse } from '../upgrade-requests/refusals.ts';
import { cancelPending, hasPendingUpTo, lockPendingOfVendor } from '../upgrade-requests/request-store.ts';
import { countTierFailures } from './tier-failures.ts';
import { lockVendor, setTier } from './vendor-store.ts';

/** How long the reason of a direct change may be. */
const MAX_REASON_LENGTH = 1000;

/** Which vendor gets which tier. The reason is for the vendor to read. */
export const updateTierInput = z.strictObject({
  vendorId: idField('The id of the vendor is required.'),
  tier: tierField(),
  reason: optionalText(
    trimmedTextField({
      max: MAX_REASON_LENGTH,
      missing: 'The reason must be a text.',
      tooLong: `The reason has at most ${MAX_REASON_LENGTH} characters.`,
    }),
  ),
});

type UpdateTierInput = z.output<typeof updateTierInput>;

/** What became of the vendor. */
export interface TierUpdate {
  readonly isChanged: boolean;
  /** The pending request that the new tier made pointless. */
  readonly cancelledRequestId: string | null;
}

const MAX_ATTEMPTS = 5;

/**
 * Sets the tier; the tier that the vendor has already changes nothing.
 *
 * A pending request whose target is no higher than the new tier is cancelled in the same transaction.
 */
export async function updateVendorTier(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  input: UpdateTierInput,
): Promise<TierUpdate> {
  const update = await countTierFailures(metrics, () => updateUntilSettled(database, caller, input));
  if (update.cancelledRequestId !== null) metrics.decisions.inc({ outcome: 'cancelled' });
  return update;
}

/**
 * Requests are locked before vendors, so a request that was submitted between the two locks is left alone and all of
 * it runs again, which then sees the request first.
 */
async function updateUntilSettled(
  database: Database,
  caller: Caller,
  input: UpdateTierInput,
): Promise<TierUpdate> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const update = await database.withTransaction((transaction) => updateOnce(transaction, caller, input), {
      isolation: 'read committed',
    });
    if (update !== 'overtaken') return update;
  }
  throw new Error('submissions overtook a change of tier each time');
}

async function updateOnce(
  db: Queryable,
  caller: Caller,
  { vendorId, tier, reason }: UpdateTierInput,
): Promise<TierUpdate | 'overtaken'> {
  await announceActor(db, caller);
  const pending = await lockPendingOfVendor(db, vendorId);
  const vendor = await lockVendor(db, vendorId);
  if (vendor === undefined) throw refuse('VENDOR_NOT_FOUND');
  if (vendor.tier === tier) return { isChanged: false, cancelledRequestId: null };
  const isPointless = pending !== undefined && pending.targetTier <= tier;
  if (!isPointless && (await hasPendingUpTo(db, vendorId, tier))) return 'overtaken';
  if (isPointless) {
    await announceNote(db, `The tier was set to ${tier}, so this request is no longer needed.`);
    await cancelPending(db, pending.id);
  }
  await announceNote(db, reason ?? '');
  await setTier(db, vendorId, tier);
  return { isChanged: true, cancelledRequestId: isPointless ? pending.id : null };
}
