/** What somebody who signed in, or stays signed in, gets. */

import type { Config } from '../config.ts';
import { issueAccessToken } from './access-token.ts';
import { hasuraRoleOf, type PersonRole } from './roles.ts';
import type { Account } from './session-store.ts';

/** The answer to a sign-in and to a refresh: the `SessionPayload` of the contract. */
export interface SessionGrant {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly refreshToken: string;
  readonly role: PersonRole;
  readonly user: { readonly id: string; readonly email: string; readonly vendorId: string | null };
}

/** Signs an access token to go with a refresh token. */
export async function grantSession(
  { signingKeys }: Pick<Config, 'signingKeys'>,
  account: Account,
  sessionId: string,
  refreshToken: string,
): Promise<SessionGrant> {
  const role = hasuraRoleOf(account.role);
  const { id, email, vendorId } = account;
  const token = await issueAccessToken(signingKeys, { userId: id, sessionId, role, vendorId });
  return { ...token, refreshToken, role, user: { id, email, vendorId } };
}
