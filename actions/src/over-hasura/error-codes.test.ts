import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRequest, createVendor, JUSTIFICATION, type TestAdmin } from '../testing/people.ts';
import type { TestHasura } from '../testing/test-hasura.ts';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';
import type { TestServer } from '../testing/test-server.ts';

const NOWHERE = '00000000-0000-0000-0000-000000000000';
const REASON = 'Please add proof of the second location.';

let product: TestProduct;
let server: TestServer;
let hasura: TestHasura;
let admin: TestAdmin;

beforeAll(async () => {
  product = await startTestProduct();
  ({ server, hasura, admin } = product);
});

afterAll(() => product?.stop());

const as: TestProduct['as'] = (person, query) => product.as(person, query);

const submit = (targetTier: unknown = 2, text = JUSTIFICATION, more = '') =>
  `mutation { submitTierUpgradeRequest(targetTier: ${targetTier}, businessJustification: "${text}" ${more}) {
     requestId submitsLeft request { status } } }`;
const approve = (id: string) => `mutation { approveTierUpgradeRequest(requestId: "${id}") { success } }`;
const cancel = (id: string) => `mutation { cancelTierUpgradeRequest(requestId: "${id}") { success } }`;
const login = (email: string) => `mutation { login(email: "${email}", password: "wrong") { role } }`;

async function pending(userId?: string) {
  const vendor = await createVendor(server.admin);
  const options = userId === undefined ? {} : { userId };
  return { vendor, requestId: await createRequest(server.admin, vendor, options) };
}

/** How a client gets each code that a handler can say. */
const WAYS: Record<string, () => ReturnType<TestHasura['ask']>> = {
  UNAUTHORIZED: () => hasura.ask(login('nobody@example.com')),
  FORBIDDEN: async () => as(await createVendor(server.admin), cancel((await pending()).requestId)),
  INVALID_INPUT: async () =>
    as(
      admin,
      `mutation { rejectTierUpgradeRequest(requestId: "${NOWHERE}", rejectionReason: "short") { success } }`,
    ),
  INVALID_TIER: async () => as(await createVendor(server.admin), submit(5)),
  JUSTIFICATION_TOO_SHORT: async () => as(await createVendor(server.admin), submit(2, 'short')),
  JUSTIFICATION_TOO_LONG: async () => as(await createVendor(server.admin), submit(2, 'x'.repeat(1001))),
  CANNOT_DOWNGRADE: async () => as(await createVendor(server.admin, { tier: 2 }), submit(2)),
  ALREADY_MAX_TIER: async () => as(await createVendor(server.admin, { tier: 4 }), submit(4)),
  SELF_APPROVAL_FORBIDDEN: async () => as(admin, approve((await pending(admin.userId)).requestId)),
  PENDING_REQUEST_EXISTS: async () => as((await pending()).vendor, submit()),
  REQUEST_NOT_PENDING: async () => {
    const { vendor, requestId } = await pending();
    await as(vendor, cancel(requestId));
    return as(vendor, cancel(requestId));
  },
  REQUEST_NOT_FOUND: () => as(admin, approve(NOWHERE)),
  VENDOR_NOT_FOUND: () =>
    as(admin, `mutation { setVendorBeta(vendorId: "${NOWHERE}", isBeta: true) { success } }`),
  RATE_LIMIT_EXCEEDED: async () => {
    for (let guess = 0; guess < 10; guess += 1) await hasura.ask(login('locked@example.com'));
    return hasura.ask(login('locked@example.com'));
  },
  DATABASE_ERROR: async () => {
    const vendor = await createVendor(server.admin);
    await server.admin.query('revoke insert on tier_upgrade_requests from tierline_actions');
    const columns = 'vendor_id, user_id, current_tier, target_tier, business_justification, status';
    try {
      return await as(vendor, submit());
    } finally {
      await server.admin.query(`grant insert (${columns}) on tier_upgrade_requests to tierline_actions`);
    }
  },
  INTERNAL_ERROR: async () => {
    const { userId, email } = await createVendor(server.admin);
    await server.admin.query("update users set password_hash = '$argon2id$broken' where id = $1", [userId]);
    return hasura.ask(login(email));
  },
};

describe('over GraphQL', () => {
  test.each(Object.keys(WAYS))('%s reaches the client with a sentence for people', async (code) => {
    const answer = await WAYS[code]!();
    expect(answer).toMatchObject({ status: 200, code });
    expect(answer.message).toMatch(/^[A-Z].*[.:]/);
    expect(answer.message).not.toMatch(
      /select |insert |tier_upgrade_requests|argon|permission denied|\bat \//i,
    );
    expect(JSON.stringify(answer.extensions)).not.toMatch(
      /select |insert |argon|permission denied|node_modules/i,
    );
  });

  test('several wrong fields are INVALID_INPUT and all named; one has its own code and is named too', async () => {
    const vendor = await createVendor(server.admin);
    expect(await as(vendor, submit(0, 'short'))).toMatchObject({
      code: 'INVALID_INPUT',
      extensions: { errors: [{ field: 'targetTier' }, { field: 'businessJustification' }] },
    });
    expect(await as(vendor, submit(0))).toMatchObject({
      code: 'INVALID_TIER',
      extensions: { errors: [{ field: 'targetTier' }] },
    });
  });

  test('RATE_LIMIT_EXCEEDED says for how long', async () => {
    const { extensions } = await WAYS.RATE_LIMIT_EXCEEDED!();
    expect(extensions!.retryAfter).toBeGreaterThan(0);
    expect(extensions!.retryAfter).toBeLessThanOrEqual(900);
  });

  test('LOCATION_LIMIT_REACHED arrives as Hasura passes a trigger on', async () => {
    const vendor = await createVendor(server.admin);
    const insert = `mutation { insert_vendor_locations_one(object: {
      name: "Shop", address: "Quay 1", city: "Bergen", country: "Norway" }) { id } }`;
    expect((await as(vendor, insert)).code).toBeUndefined();
    const answer = await as(vendor, insert);
    expect(answer.code).toBe('constraint-violation');
    expect(answer.message).toContain('LOCATION_LIMIT_REACHED: ');
  });

  test('a refusal inside a bulk decision is in its result', async () => {
    const { requestId } = await pending();
    const answer = await as(
      admin,
      `mutation { bulkApproveTierUpgradeRequests(requestIds: ["${requestId}", "${NOWHERE}"]) {
         success succeeded failed results { requestId success code } } }`,
    );
    expect(answer.data.bulkApproveTierUpgradeRequests).toEqual({
      success: false,
      succeeded: 1,
      failed: 1,
      results: [
        { requestId, success: true, code: null },
        { requestId: NOWHERE, success: false, code: 'REQUEST_NOT_FOUND' },
      ],
    });
  });

  test('an answer leads on to the row, as far as the role may read it', async () => {
    const vendor = await createVendor(server.admin);
    const { data } = await as(vendor, submit());
    expect(data.submitTierUpgradeRequest).toMatchObject({ submitsLeft: 9, request: { status: 'pending' } });
    const moved = await as(
      admin,
      `mutation { updateVendorTier(vendorId: "${vendor.vendorId}", tier: 3, reason: "${REASON}") {
         vendor { tier requests { status } events(order_by: { id: asc }) { kind note } } } }`,
    );
    expect(moved.data.updateVendorTier.vendor).toMatchObject({
      tier: 3,
      requests: [{ status: 'cancelled' }],
      events: [{ kind: 'submitted' }, { kind: 'cancelled' }, { kind: 'tier_changed', note: REASON }],
    });
    expect(
      (
        await as(
          admin,
          `mutation { setUserDisabled(userId: "${vendor.userId}", disabled: true) { user { email disabled_at } } }`,
        )
      ).data.setUserDisabled.user,
    ).toMatchObject({ email: vendor.email, disabled_at: expect.any(String) });
    const flag = `mutation { setFeatureFlag(key: "tier_upgrade_requests", audience: all) { success } }`;
    expect((await as(admin, flag)).data).toEqual({ setFeatureFlag: { success: true } });
  });
});
