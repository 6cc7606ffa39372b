/** The actions about upgrade requests: ask, withdraw, decide. */

import type { BulkTierUpgradeRequestsPayload } from '../gql/actions.generated.ts';
import { type ActionDefinition, definePersonAction } from '../http/action-route.ts';
import { bulkMessage, DONE_MESSAGES } from '../messages.ts';
import { approveInput, approveUpgradeRequest } from '../upgrade-requests/approve.ts';
import { type BulkResult, decideAll, decideEach } from '../upgrade-requests/bulk.ts';
import { bulkApproveInput, bulkRejectInput } from '../upgrade-requests/bulk-inputs.ts';
import { cancelInput, cancelUpgradeRequest } from '../upgrade-requests/cancel.ts';
import { rejectInput, rejectUpgradeRequest } from '../upgrade-requests/reject.ts';
import { submitInput, submitUpgradeRequest } from '../upgrade-requests/submit.ts';

/** Submit, cancel, approve, reject, the last two in bulk as well. */
export const UPGRADE_REQUEST_ACTIONS: readonly ActionDefinition[] = [
  definePersonAction({
    name: 'submitTierUpgradeRequest',
    roles: ['vendor', 'app_admin'],
    vendorLimit: 'submit',
    input: submitInput,
    handle: async (services, caller, input, rateLimit) => {
      const requestId = await submitUpgradeRequest(services, caller, input);
      const submitsLeft = caller.role === 'vendor' ? (rateLimit?.remaining ?? null) : null;
      return { success: true, message: DONE_MESSAGES.submitted, requestId, submitsLeft };
    },
  }),
  definePersonAction({
    name: 'cancelTierUpgradeRequest',
    roles: ['vendor'],
    input: () => cancelInput,
    handle: async (services, caller, input) => {
      await cancelUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.cancelled, requestId: input.requestId };
    },
  }),
  definePersonAction({
    name: 'approveTierUpgradeRequest',
    roles: ['app_admin'],
    input: () => approveInput,
    handle: async (services, caller, input) => {
      await approveUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.approved, requestId: input.requestId };
    },
  }),
  definePersonAction({
    name: 'rejectTierUpgradeRequest',
    roles: ['app_admin'],
    input: () => rejectInput,
    handle: async (services, caller, input) => {
      await rejectUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.rejected, requestId: input.requestId };
    },
  }),
  definePersonAction({
    name: 'bulkApproveTierUpgradeRequests',
    roles: ['app_admin'],
    input: () => bulkApproveInput,
    handle: async (services, caller, { requestIds, atomic, adminNotes }) => {
      const decide = atomic ? decideAll : decideEach;
      const results = await decide(services, caller, requestIds, { status: 'approved', adminNotes });
      return bulkPayload('approved', results);
    },
  }),
  definePersonAction({
    name: 'bulkRejectTierUpgradeRequests',
    roles: ['app_admin'],
    input: () => bulkRejectInput,
    handle: async (services, caller, { requestIds, atomic, ...texts }) => {
      const decide = atomic ? decideAll : decideEach;
      const results = await decide(services, caller, requestIds, { status: 'rejected', ...texts });
      return bulkPayload('rejected', results);
    },
  }),
];

/** The counts are of the results, so that they add up to as many as were asked for. */
function bulkPayload(status: 'approved' | 'rejected', results: BulkResult[]): BulkTierUpgradeRequestsPayload {
  const succeeded = results.filter(({ success }) => success).length;
  const failed = results.length - succeeded;
  return {
    success: failed === 0,
    message: bulkMessage(status, succeeded, failed),
    succeeded,
    failed,
    results,
  };
}
