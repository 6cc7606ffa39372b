/** An administrator puts a vendor into the beta audience of features, or takes it out. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import { booleanField, idField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { refuse } from '../upgrade-requests/refusals.ts';
import { setBeta } from './vendor-store.ts';

/** Which vendor, in or out. */
export const setBetaInput = z.strictObject({
  vendorId: idField('The id of the vendor is required.'),
  isBeta: booleanField(),
});

/** Sets whether the vendor is beta; what it is already changes nothing. */
export async function setVendorBeta(
  { database }: Pick<Services, 'database'>,
  caller: Caller,
  { vendorId, isBeta }: z.output<typeof setBetaInput>,
): Promise<void> {
  await database.withTransaction(
    async (transaction) => {
      await announceActor(transaction, caller);
      if (!(await setBeta(transaction, vendorId, isBeta))) throw refuse('VENDOR_NOT_FOUND');
    },
    { isolation: 'read committed' },
  );
}
