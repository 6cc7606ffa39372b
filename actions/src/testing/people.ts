/** Vendors, users and requests in the words of the domain. */

import type { TestDatabase } from '@tierline/postgres/testing';
import { issueAccessToken } from '../accounts/access-token.ts';
import { PasswordHasher } from '../accounts/passwords.ts';
import type { Config } from '../config.ts';

/** A vendor and its user. */
export interface TestVendor {
  readonly vendorId: string;
  readonly userId: string;
  readonly email: string;
  /** Of a session that has not ended; `bearerOf` makes tokens of it. */
  readonly sessionId: string;
  /** Session variables of that user, as behind the action secret: without a session. */
  readonly session: Record<string, string>;
}

/** An administrator. */
export interface TestAdmin {
  readonly userId: string;
  readonly email: string;
  readonly sessionId: string;
  readonly session: Record<string, string>;
}

/** The password of everyone created here. */
export const PASSWORD = 'correct horse battery';

/** A justification that is long enough. */
export const JUSTIFICATION =
  'We opened two new branches in the harbour and want to list all of them by summer.';

/** The session variables of nobody. */
export const ANONYMOUS = { 'x-hasura-role': 'anonymous' };

let passwordHash: Promise<string> | undefined;
let created = 0;

/** A new vendor with one user. */
export async function createVendor(
  database: TestDatabase,
  { tier = 1, isBeta = false }: { tier?: number; isBeta?: boolean } = {},
): Promise<TestVendor> {
  created += 1;
  const name = `vendor-${process.pid}-${created}`;
  const email = `${name}@example.com`;
  const vendor = await database.query<{ id: string }>(
    'insert into vendors (name, slug, email, tier, is_beta) values ($1, $1, $2, $3, $4) returning id',
    [name, email, tier, isBeta],
  );
  const vendorId = vendor.rows[0]!.id;
  const userId = await createUser(database, email, 'vendor', vendorId);
  return {
    vendorId,
    userId,
    email,
    sessionId: await createSession(database, userId),
    session: { ...sessionOf('vendor', userId), 'x-hasura-vendor-id': vendorId },
  };
}

/** A new administrator. */
export async function createAdmin(database: TestDatabase): Promise<TestAdmin> {
  created += 1;
  const email = `admin-${process.pid}-${created}@example.com`;
  const userId = await createUser(database, email, 'admin', null);
  const sessionId = await createSession(database, userId);
  return { userId, email, sessionId, session: sessionOf('app_admin', userId) };
}

/** A pending request of a vendor, written past the server. */
export async function createRequest(
  database: TestDatabase,
  vendor: TestVendor,
  { targetTier = 2, userId = vendor.userId }: { targetTier?: number; userId?: string } = {},
): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
     select id, $2, tier, $3, $4 from vendors where id = $1 returning id`,
    [vendor.vendorId, userId, targetTier, JUSTIFICATION],
  );
  return rows[0]!.id;
}

/** Opens the feature to everybody, as the demo data does. */
export async function openFeature(
  database: TestDatabase,
  audience: 'none' | 'beta' | 'all' = 'all',
): Promise<void> {
  await database.query("update feature_flags set audience = $1 where key = 'tier_upgrade_requests'", [
    audience,
  ]);
}

/** Session variables as Hasura sends them. */
export function sessionOf(role: string, userId: string): Record<string, string> {
  return { 'x-hasura-role': role, 'x-hasura-user-id': userId };
}

/** The header of somebody who is signed in, or was at another time. */
export async function bearerOf(
  { signingKeys }: Pick<Config, 'signingKeys'>,
  person: TestVendor | TestAdmin,
  now?: Date,
): Promise<Record<string, string>> {
  const { userId, sessionId } = person;
  const subject =
    'vendorId' in person
      ? ({ userId, sessionId, role: 'vendor', vendorId: person.vendorId } as const)
      : ({ userId, sessionId, role: 'app_admin', vendorId: null } as const);
  const { accessToken } = await issueAccessToken(signingKeys, subject, now);
  return { Authorization: `Bearer ${accessToken}` };
}

async function createSession(database: TestDatabase, userId: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    'insert into private.sessions (user_id) values ($1) returning id',
    [userId],
  );
  return rows[0]!.id;
}

async function createUser(database: TestDatabase, email: string, role: string, vendorId: string | null) {
  passwordHash ??= new PasswordHasher().hash(PASSWORD);
  const { rows } = await database.query<{ id: string }>(
    'insert into users (email, password_hash, role, vendor_id) values ($1, $2, $3, $4) returning id',
    [email, await passwordHash, role, vendorId],
  );
  return rows[0]!.id;
}
