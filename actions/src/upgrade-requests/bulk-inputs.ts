/** The inputs of bulk decisions. */

import { z } from 'zod';
import { flagField } from '../input/fields.ts';
import { adminNotesField, rejectionReasonField, requestIdField } from './fields.ts';

/** How many requests one call may decide. */
export const MAX_BULK_REQUESTS = 100;

const HOW_MANY = `Give 1 to ${MAX_BULK_REQUESTS} ids of requests.`;

const bulkFields = {
  requestIds: z.array(requestIdField(), HOW_MANY).min(1, HOW_MANY).max(MAX_BULK_REQUESTS, HOW_MANY),
  adminNotes: adminNotesField(),
  atomic: flagField(),
};

/** Which requests to approve; `atomic` means all or none. */
export const bulkApproveInput = z.strictObject(bulkFields);

/** Which requests to reject, all for one reason; `atomic` means all or none. */
export const bulkRejectInput = z.strictObject({ ...bulkFields, rejectionReason: rejectionReasonField() });
