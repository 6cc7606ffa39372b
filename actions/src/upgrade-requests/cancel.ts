/** A vendor withdraws its own pending request. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import { ActionError } from '../errors.ts';
import type { Services } from '../services.ts';
import { requestIdField } from './fields.ts';
import { refuse } from './refusals.ts';
import { cancelPending, lockRequestOfVendor, requestExists } from './request-store.ts';
import { canMove } from './status.ts';

/** Which request to cancel. */
export const cancelInput = z.strictObject({ requestId: requestIdField() });

/**
 * Cancels the request; one that is another vendor's is refused without being locked.
 *
 * `foreignCode` is what that refusal says: over GraphQL the id alone names the request, over REST the path says whose it
 * should be, and there is no such request at that path.
 */
export async function cancelUpgradeRequest(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  { requestId }: z.output<typeof cancelInput>,
  foreignCode: 'FORBIDDEN' | 'REQUEST_NOT_FOUND' = 'FORBIDDEN',
): Promise<void> {
  await database.withTransaction(
    async (transaction) => {
      const actor = await announceActor(transaction, caller);
      if (actor.role !== 'vendor')
        throw new ActionError('FORBIDDEN', 'Only the vendor can cancel a request.');
      const request = await lockRequestOfVendor(transaction, requestId, actor.vendorId);
      if (request === undefined) {
        if (foreignCode === 'FORBIDDEN' && (await requestExists(transaction, requestId))) {
          throw new ActionError('FORBIDDEN', 'This request is not yours.');
        }
        throw refuse('REQUEST_NOT_FOUND');
      }
      if (!canMove(request.status, 'cancelled')) throw refuse('REQUEST_NOT_PENDING');
      await cancelPending(transaction, requestId);
    },
    { isolation: 'read committed' },
  );
  metrics.decisions.inc({ outcome: 'cancelled' });
}
