/** An administrator rejects, with a reason that the vendor will read. */

import { z } from 'zod';
import type { Caller } from '../accounts/actor.ts';
import type { Services } from '../services.ts';
import { decideRequest } from './decide.ts';
import { adminNotesField, rejectionReasonField, requestIdField } from './fields.ts';

/** Which request to reject, and why. */
export const rejectInput = z.strictObject({
  requestId: requestIdField(),
  rejectionReason: rejectionReasonField(),
  adminNotes: adminNotesField(),
});

/** Rejects the request. */
export function rejectUpgradeRequest(
  services: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  { requestId, rejectionReason, adminNotes }: z.output<typeof rejectInput>,
): Promise<void> {
  return decideRequest(services, caller, requestId, { status: 'rejected', rejectionReason, adminNotes });
}
