/** A vendor, or an administrator on its behalf, asks for a higher tier. */

import { z } from 'zod';
import { type Actor, announceActor, type Caller } from '../accounts/actor.ts';
import type { PersonRole } from '../accounts/roles.ts';
import { ActionError } from '../errors.ts';
import { idField, optional, tierField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { holdVendor, MAX_TIER, readVendor } from '../vendors/vendor-store.ts';
import { isUpgradeFeatureOn } from './feature.ts';
import { justificationField } from './fields.ts';
import { refuse } from './refusals.ts';
import { insertRequest } from './request-store.ts';

const vendorInput = z.strictObject({
  targetTier: tierField(),
  businessJustification: justificationField(),
  vendorId: optional(idField()),
});

const adminInput = vendorInput.extend({
  vendorId: idField('An administrator has to say for which vendor.'),
});

/** What a submission is made of. */
export type SubmitInput = z.output<typeof vendorInput>;

/** The input of a role: only a vendor may leave the vendor out. */
export function submitInput(role: PersonRole) {
  return role === 'vendor' ? vendorInput : adminInput;
}

/**
 * Creates a pending request and returns its id.
 *
 * Whether one is pending already is asked of the unique index alone. Looking first would put a predicate lock on an
 * index page that other vendors' submissions write to, and SERIALIZABLE would make strangers fail each other.
 * The vendor is held after the insert, because requests are locked before vendors everywhere; if its tier moved since
 * it was read, Postgres says 40001 and everything is checked again.
 */
export async function submitUpgradeRequest(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  input: SubmitInput,
): Promise<string> {
  const requestId = await database.withTransaction(
    async (transaction) => {
      const actor = await announceActor(transaction, caller);
      const vendor = await readVendor(transaction, vendorFor(actor, input.vendorId));
      if (vendor === undefined) throw refuse('VENDOR_NOT_FOUND');
      if (actor.role === 'vendor' && !(await isUpgradeFeatureOn(transaction, vendor))) {
        throw new ActionError('FORBIDDEN', 'Upgrade requests are not available for your account yet.');
      }
      if (vendor.tier >= MAX_TIER) throw refuse('ALREADY_MAX_TIER');
      if (input.targetTier <= vendor.tier) throw refuse('CANNOT_DOWNGRADE');
      const id = await insertRequest(transaction, {
        vendorId: vendor.id,
        userId: actor.userId,
        currentTier: vendor.tier,
        targetTier: input.targetTier,
        businessJustification: input.businessJustification,
      });
      await holdVendor(transaction, vendor.id);
      return id;
    },
    { isolation: 'serializable' },
  );
  metrics.submissions.inc();
  return requestId;
}

/** A vendor speaks for itself only, and is not told whether the other one exists. */
function vendorFor(actor: Actor, vendorId: string | null): string {
  if (actor.role === 'app_admin') {
    if (vendorId === null) throw refuse('VENDOR_NOT_FOUND');
    return vendorId;
  }
  if (vendorId !== null && vendorId !== actor.vendorId) {
    throw new ActionError('FORBIDDEN', 'You can ask for an upgrade of your own account only.');
  }
  return actor.vendorId;
}
