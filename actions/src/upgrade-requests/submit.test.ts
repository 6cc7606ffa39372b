import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANONYMOUS,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  sessionOf,
  type TestAdmin,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

const submit = (input: object, session: Record<string, string>) =>
  server.act('submitTierUpgradeRequest', input, session);

async function requestsOf(vendorId: string) {
  const { rows } = await server.admin.query('select * from tier_upgrade_requests where vendor_id = $1', [
    vendorId,
  ]);
  return rows;
}

describe('a submission', () => {
  test('creates a pending request and the first row of its timeline', async () => {
    const vendor = await createVendor(server.admin);
    const text = `\u3000 ${JUSTIFICATION} '); drop table vendors; -- <b>🚀</b>\n`;
    const answer = await submit({ targetTier: 3, businessJustification: text }, vendor.session);
    expect(answer).toMatchObject({ status: 200, body: { success: true, submitsLeft: 9 } });
    expect(Object.keys(answer.body).sort()).toEqual(['message', 'requestId', 'submitsLeft', 'success']);
    const [request] = await requestsOf(vendor.vendorId);
    expect(request).toMatchObject({
      id: answer.body.requestId,
      user_id: vendor.userId,
      current_tier: 1,
      target_tier: 3,
      status: 'pending',
      business_justification: text.trim(),
    });
    const { rows } = await server.admin.query(
      'select * from tier_upgrade_request_events where vendor_id = $1',
      [vendor.vendorId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ kind: 'submitted', actor_id: vendor.userId, actor_role: 'vendor' });
  });

  test('may name one’s own vendor', async () => {
    const vendor = await createVendor(server.admin);
    const input = {
      targetTier: 2,
      businessJustification: JUSTIFICATION,
      vendorId: vendor.vendorId.toUpperCase(),
    };
    expect(await submit(input, vendor.session)).toMatchObject({ status: 200 });
  });

  test('by an administrator is on behalf of a vendor, also where the feature is off', async () => {
    const vendor = await createVendor(server.admin);
    await openFeature(server.admin, 'none');
    const input = { targetTier: 2, businessJustification: JUSTIFICATION, vendorId: vendor.vendorId };
    const answer = await submit(input, admin.session);
    await openFeature(server.admin);
    expect(answer).toMatchObject({ status: 200, body: { submitsLeft: null } });
    expect(await requestsOf(vendor.vendorId)).toMatchObject([{ user_id: admin.userId, status: 'pending' }]);
  });
});

describe('a submission is refused', () => {
  test.each([
    ['INVALID_TIER', { targetTier: 5 }],
    ['INVALID_TIER', { targetTier: 2.5 }],
    ['INVALID_TIER', { targetTier: '2' }],
    ['INVALID_TIER', { targetTier: null }],
    ['JUSTIFICATION_TOO_SHORT', { businessJustification: `${'x'.repeat(49)}          ` }],
    ['JUSTIFICATION_TOO_SHORT', { businessJustification: '🚀'.repeat(49) }],
    ['JUSTIFICATION_TOO_SHORT', { businessJustification: undefined }],
    ['JUSTIFICATION_TOO_LONG', { businessJustification: 'x'.repeat(1001) }],
    ['INVALID_INPUT', { businessJustification: 7 }],
    ['INVALID_INPUT', { businessJustification: `${JUSTIFICATION}\0` }],
    ['INVALID_INPUT', { businessJustification: `${JUSTIFICATION}\ud800` }],
    ['INVALID_INPUT', { vendorId: "1' or '1'='1" }],
    ['INVALID_INPUT', { isAdmin: true }],
    ['INVALID_INPUT', { targetTier: 0, businessJustification: 'short' }],
  ])('with %s for %j', async (code, change) => {
    const vendor = await createVendor(server.admin);
    const input = { targetTier: 2, businessJustification: JUSTIFICATION, ...change };
    const answer = await submit(input, vendor.session);
    expect(answer).toMatchObject({ status: 400, body: { extensions: { code } } });
    const wrong = Object.keys(change).sort();
    expect(answer.body.extensions.errors.map((error: { field: string }) => error.field).sort()).toEqual(
      wrong,
    );
    expect(await requestsOf(vendor.vendorId)).toEqual([]);
  });

  test.each([
    [50, 200],
    [1000, 200],
  ])('never for %i characters, however many bytes they take', async (length, status) => {
    const vendor = await createVendor(server.admin);
    const input = { targetTier: 2, businessJustification: '🚀'.repeat(length) };
    expect(await submit(input, vendor.session)).toMatchObject({ status });
  });

  test.each([
    ['ALREADY_MAX_TIER', 4, 4],
    ['ALREADY_MAX_TIER', 4, 1],
    ['CANNOT_DOWNGRADE', 3, 3],
    ['CANNOT_DOWNGRADE', 3, 2],
  ])('with %s at tier %i for tier %i', async (code, tier, targetTier) => {
    const vendor = await createVendor(server.admin, { tier });
    const answer = await submit({ targetTier, businessJustification: JUSTIFICATION }, vendor.session);
    expect(answer).toMatchObject({ status: 400, body: { extensions: { code } } });
  });

  test('with PENDING_REQUEST_EXISTS while one is pending, after the tier was checked', async () => {
    const vendor = await createVendor(server.admin, { tier: 2 });
    await createRequest(server.admin, vendor, { targetTier: 3 });
    const again = (targetTier: number) =>
      submit({ targetTier, businessJustification: JUSTIFICATION }, vendor.session);
    expect(await again(4)).toMatchObject({
      status: 409,
      body: { extensions: { code: 'PENDING_REQUEST_EXISTS' } },
    });
    expect(await again(2)).toMatchObject({ status: 400, body: { extensions: { code: 'CANNOT_DOWNGRADE' } } });
  });

  test('for another vendor, whether or not it exists', async () => {
    const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
    for (const vendorId of [other.vendorId, '00000000-0000-0000-0000-000000000000']) {
      const answer = await submit(
        { targetTier: 2, businessJustification: JUSTIFICATION, vendorId },
        vendor.session,
      );
      expect(answer).toMatchObject({ status: 403, body: { extensions: { code: 'FORBIDDEN' } } });
    }
    expect(await requestsOf(other.vendorId)).toEqual([]);
  });

  test('for an administrator who names no vendor or one that is not there', async () => {
    const input = { targetTier: 2, businessJustification: JUSTIFICATION };
    expect(await submit(input, admin.session)).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field: 'vendorId' }] } },
    });
    const unknown = { ...input, vendorId: '00000000-0000-0000-0000-000000000000' };
    expect(await submit(unknown, admin.session)).toMatchObject({
      status: 404,
      body: { extensions: { code: 'VENDOR_NOT_FOUND' } },
    });
  });

  test('outside the audience of the feature, before the tier is looked at', async () => {
    const vendor = await createVendor(server.admin, { tier: 4 });
    const beta = await createVendor(server.admin, { isBeta: true });
    const input = { targetTier: 2, businessJustification: JUSTIFICATION };
    await openFeature(server.admin, 'beta');
    const [outside, inside] = [await submit(input, vendor.session), await submit(input, beta.session)];
    await openFeature(server.admin, 'none');
    const closed = await submit(input, beta.session);
    await openFeature(server.admin);
    expect(outside).toMatchObject({ status: 403, body: { extensions: { code: 'FORBIDDEN' } } });
    expect(inside.status).toBe(200);
    expect(closed).toMatchObject({ status: 403, body: { extensions: { code: 'FORBIDDEN' } } });
  });

  test('for whoever is nobody, disabled, unknown, or not what they claim', async () => {
    const vendor = await createVendor(server.admin);
    const disabled = await createVendor(server.admin);
    await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
    // The input is wrong too: who asks is checked first.
    const code = async (session: Record<string, string>) =>
      (await submit({ targetTier: 99 }, session)).body.extensions.code;
    expect(await code(ANONYMOUS)).toBe('UNAUTHORIZED');
    expect(await code({})).toBe('UNAUTHORIZED');
    expect(await code({ 'x-hasura-role': 'vendor' })).toBe('UNAUTHORIZED');
    expect(await code(sessionOf('vendor', "' or true --"))).toBe('UNAUTHORIZED');
    expect(await code(sessionOf('vendor', '00000000-0000-0000-0000-000000000000'))).toBe('UNAUTHORIZED');
    expect(await code(disabled.session)).toBe('UNAUTHORIZED');
    expect(await code(sessionOf('superuser', vendor.userId))).toBe('UNAUTHORIZED');
    expect(await code(sessionOf('app_admin', vendor.userId))).toBe('FORBIDDEN');
    expect(await code(sessionOf('vendor', admin.userId))).toBe('FORBIDDEN');
  });

  test('for Hasura’s own admin, with a hint', async () => {
    const answer = await submit({}, { 'x-hasura-role': 'admin' });
    expect(answer).toMatchObject({ status: 403, body: { extensions: { code: 'FORBIDDEN' } } });
    expect(answer.body.message).toContain('x-hasura-user-id');
  });

  test('a forged vendor id in the session changes nothing', async () => {
    const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
    const forged = { ...vendor.session, 'x-hasura-vendor-id': other.vendorId };
    const answer = await submit({ targetTier: 2, businessJustification: JUSTIFICATION }, forged);
    expect(answer.status).toBe(200);
    expect(await requestsOf(other.vendorId)).toEqual([]);
    expect(await requestsOf(vendor.vendorId)).toHaveLength(1);
  });
});

describe('submissions that race', () => {
  test('with a change of the tier are checked against the new one', async () => {
    const vendor = await createVendor(server.admin);
    const client = await server.admin.pool({ max: 1 }).connect();
    try {
      await client.query('begin');
      await client.query('update vendors set tier = 2 where id = $1', [vendor.vendorId]);
      const submission = submit({ targetTier: 2, businessJustification: JUSTIFICATION }, vendor.session);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await client.query('commit');
      expect(await submission).toMatchObject({
        status: 400,
        body: { extensions: { code: 'CANNOT_DOWNGRADE' } },
      });
    } finally {
      client.release();
    }
    expect(await requestsOf(vendor.vendorId)).toEqual([]);
  });

  test('50 at once make exactly one pending request, and the others are told so or to slow down', async () => {
    const vendor = await createVendor(server.admin);
    const input = { targetTier: 2, businessJustification: JUSTIFICATION };
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(input, vendor.session)));
    const outcomes = answers.map(({ status, body }) => (status === 200 ? 'ok' : body.extensions.code));
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'PENDING_REQUEST_EXISTS')).toHaveLength(9);
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMIT_EXCEEDED')).toHaveLength(40);
    expect(await requestsOf(vendor.vendorId)).toHaveLength(1);
  });

  test('50 vendors at once each get theirs, and none makes another try again', async () => {
    const vendors = await Promise.all(Array.from({ length: 50 }, () => createVendor(server.admin)));
    server.metrics.transactionRetries.reset();
    const input = { targetTier: 2, businessJustification: JUSTIFICATION };
    const answers = await Promise.all(vendors.map(({ session }) => submit(input, session)));
    expect(answers.map(({ status }) => status)).toEqual(vendors.map(() => 200));
    expect(await server.metrics.registry.metrics()).not.toContain('tierline_transaction_retries_total{');
  });
});
