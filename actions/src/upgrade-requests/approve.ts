/** An administrator approves: the status and the vendor's tier change together. */

import { z } from 'zod';
import type { Caller } from '../accounts/actor.ts';
import type { Services } from '../services.ts';
import { decideRequest } from './decide.ts';
import { adminNotesField, requestIdField } from './fields.ts';

/** Which request to approve. */
export const approveInput = z.strictObject({ requestId: requestIdField(), adminNotes: adminNotesField() });

/** Approves the request. */
export function approveUpgradeRequest(
  services: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  { requestId, adminNotes }: z.output<typeof approveInput>,
): Promise<void> {
  return decideRequest(services, caller, requestId, { status: 'approved', adminNotes });
}
