/** An administrator rejects, with a reason that the vendor will read. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import type { Services } from '../services.ts';
import { adminNotesField, rejectionReasonField, requestIdField } from './fields.ts';
import { closeRequest } from './request-store.ts';
import { lockForMove } from './transition.ts';

/** Which request to reject, and why. */
export const rejectInput = z.strictObject({
  requestId: requestIdField(),
  rejectionReason: rejectionReasonField(),
  adminNotes: adminNotesField(),
});

/** Rejects the request. Four eyes are for approvals: one's own submission may be rejected. */
export async function rejectUpgradeRequest(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  { requestId, rejectionReason, adminNotes }: z.output<typeof rejectInput>,
): Promise<void> {
  const waited = await database.withTransaction(
    async (transaction) => {
      const actor = await announceActor(transaction, caller);
      await lockForMove(transaction, requestId, 'rejected');
      return closeRequest(transaction, {
        requestId,
        status: 'rejected',
        reviewedBy: actor.userId,
        rejectionReason,
        adminNotes,
      });
    },
    { isolation: 'read committed' },
  );
  metrics.decisions.inc({ outcome: 'rejected' });
  metrics.reviewSeconds.observe(waited);
}
