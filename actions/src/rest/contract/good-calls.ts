import { createResetLink } from '../../accounts/reset-tokens.ts';
import {
  bearerOf,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  PASSWORD,
  type TestVendor,
} from '../../testing/people.ts';
import type { TestServer } from '../../testing/test-server.ts';
import type { Call } from './rest-contract.ts';

/** A reason that is long enough. */
export const REASON = 'Please come back after the summer.';

/** A submission that is right. */
export const SUBMISSION = { targetTier: 2, businessJustification: JUSTIFICATION };

/** A password that nobody has yet. */
export const NEW_PASSWORD = 'a new horse, a new battery';

/** A call that is right in everything, by somebody new: what the checks that all operations share start from. */
export async function goodCall(server: TestServer, operationId: string): Promise<Call> {
  const vendor = await createVendor(server.admin);
  const asVendor = await bearerOf(server.config, vendor);
  const newAdmin = await bearerOf(server.config, await createAdmin(server.admin));
  const { vendorId, email } = vendor;
  const session = () =>
    server.send('/api/auth/login', { method: 'POST', json: { email, password: PASSWORD } });
  switch (operationId) {
    case 'login':
      return { json: { email, password: PASSWORD } };
    case 'refreshSession':
    case 'logout':
      return { json: { refreshToken: (await session()).body.refreshToken } };
    case 'requestPasswordReset':
      return { json: { email } };
    case 'resetPassword':
      return { json: { token: await resetTokenOf(server, vendor), newPassword: NEW_PASSWORD } };
    case 'changePassword':
      return { headers: newAdmin, json: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } };
    case 'submitTierUpgradeRequest':
      return { headers: asVendor, params: { vendorId }, json: SUBMISSION };
    case 'listVendorTierUpgradeRequests':
      return { headers: asVendor, params: { vendorId } };
    case 'cancelTierUpgradeRequest':
      return {
        headers: asVendor,
        params: { vendorId, requestId: await createRequest(server.admin, vendor) },
      };
    case 'listTierUpgradeRequests':
    case 'exportTierUpgradeRequests':
      return { headers: newAdmin };
    case 'rejectTierUpgradeRequest':
      return {
        headers: newAdmin,
        params: { id: await createRequest(server.admin, vendor) },
        json: { rejectionReason: REASON, adminNotes: 'Their site is empty.' },
      };
    case 'updateVendorTier':
      return { headers: newAdmin, params: { id: vendorId }, json: { tier: 3, reason: 'A gift.' } };
    case 'getTierUpgradeRequest':
    case 'approveTierUpgradeRequest':
      return { headers: newAdmin, params: { id: await createRequest(server.admin, vendor) } };
    default:
      throw new Error(`nobody has said what a good call of ${operationId} is`);
  }
}

async function resetTokenOf(server: TestServer, { userId }: TestVendor): Promise<string> {
  const link = await createResetLink(server.database, server.config, { id: userId, role: 'vendor' });
  return new URL(link).hash.slice('#token='.length);
}
