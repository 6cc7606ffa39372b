import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANONYMOUS,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  PASSWORD,
  type TestAdmin,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const NOWHERE = '00000000-0000-0000-0000-000000000000';

let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

const act = (name: string, input: object, session = admin.session) => server.act(name, input, session);
const refusal = (status: number, code: string) => ({ status, body: { extensions: { code } } });

async function rows(sql: string, values: unknown[] = []) {
  return (await server.admin.query(sql, values)).rows;
}

const timelineOf = (vendorId: string) =>
  rows(
    `select kind, actor_id, from_tier, to_tier, note from tier_upgrade_request_events
     where vendor_id = $1 order by id`,
    [vendorId],
  );

describe('updateVendorTier', () => {
  test('moves a tier up and down, in the administrator’s name and with a reason for the vendor', async () => {
    const { vendorId } = await createVendor(server.admin, { tier: 2 });
    const answer = await act('updateVendorTier', { vendorId, tier: 4, reason: '  Won the tender.  ' });
    expect(answer).toMatchObject({ status: 200, body: { success: true, vendorId } });
    expect(Object.keys(answer.body).sort()).toEqual(['message', 'success', 'vendorId']);
    await act('updateVendorTier', { vendorId, tier: 1 });
    expect(await timelineOf(vendorId)).toEqual([
      { kind: 'tier_changed', actor_id: admin.userId, from_tier: 2, to_tier: 4, note: 'Won the tender.' },
      { kind: 'tier_changed', actor_id: admin.userId, from_tier: 4, to_tier: 1, note: null },
    ]);
  });

  test('to the same tier changes nothing', async () => {
    const vendor = await createVendor(server.admin, { tier: 2 });
    await createRequest(server.admin, vendor, { targetTier: 3 });
    const answer = await act('updateVendorTier', { vendorId: vendor.vendorId, tier: 2, reason: 'again' });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect((await timelineOf(vendor.vendorId)).map(({ kind }) => kind)).toEqual(['submitted']);
  });

  test.each([
    [2, 2, 'cancelled'],
    [2, 3, 'cancelled'],
    [3, 2, 'pending'],
  ])(
    'cancels a pending request for tier %i when the new tier is %i: %s',
    async (targetTier, tier, status) => {
      const vendor = await createVendor(server.admin);
      const requestId = await createRequest(server.admin, vendor, { targetTier });
      await act('updateVendorTier', { vendorId: vendor.vendorId, tier, reason: 'Moved by agreement.' });
      const [request] = await rows('select * from tier_upgrade_requests where id = $1', [requestId]);
      expect(request).toMatchObject({ status, reviewed_by: null, reviewed_at: null, rejection_reason: null });
      const timeline = await timelineOf(vendor.vendorId);
      expect(timeline.map(({ kind }) => kind)).toEqual(
        status === 'cancelled' ? ['submitted', 'cancelled', 'tier_changed'] : ['submitted', 'tier_changed'],
      );
      expect(timeline.at(-1)).toMatchObject({ note: 'Moved by agreement.', actor_id: admin.userId });
      if (status === 'cancelled') expect(timeline[1]!.note).toContain(`tier was set to ${tier}`);
    },
  );

  test('a request submitted meanwhile is cancelled too, or was checked against the new tier', async () => {
    for (let round = 0; round < 25; round += 1) {
      const vendor = await createVendor(server.admin);
      const [update, submission] = await Promise.all([
        act('updateVendorTier', { vendorId: vendor.vendorId, tier: 2 }),
        act(
          'submitTierUpgradeRequest',
          { targetTier: 2, businessJustification: JUSTIFICATION },
          vendor.session,
        ),
      ]);
      expect(update.status).toBe(200);
      if (submission.status !== 200) {
        expect(submission).toMatchObject(refusal(400, 'CANNOT_DOWNGRADE'));
      }
      expect(
        await rows("select from tier_upgrade_requests where vendor_id = $1 and status = 'pending'", [
          vendor.vendorId,
        ]),
      ).toHaveLength(0);
    }
  });

  test.each([
    ['VENDOR_NOT_FOUND', 404, {}],
    ['INVALID_TIER', 400, { tier: 5 }],
    ['INVALID_INPUT', 400, { vendorId: '1' }],
    ['INVALID_INPUT', 400, { reason: 'x'.repeat(1001) }],
    ['INVALID_INPUT', 400, { reason: 'a\0' }],
  ])('is refused with %s (%i) for %j', async (code, status, change) => {
    expect(await act('updateVendorTier', { vendorId: NOWHERE, tier: 2, ...change })).toMatchObject(
      refusal(status, code),
    );
  });
});

describe('setVendorBeta', () => {
  test('opens a beta feature to a vendor, once told once', async () => {
    const vendor = await createVendor(server.admin);
    const { vendorId } = vendor;
    for (const isBeta of [true, true]) {
      expect(await act('setVendorBeta', { vendorId, isBeta })).toMatchObject({
        status: 200,
        body: { success: true, vendorId },
      });
    }
    expect(await timelineOf(vendorId)).toMatchObject([{ kind: 'beta_changed', actor_id: admin.userId }]);
    await openFeature(server.admin, 'beta');
    const input = { targetTier: 2, businessJustification: JUSTIFICATION };
    const answer = await act('submitTierUpgradeRequest', input, vendor.session);
    await openFeature(server.admin);
    expect(answer.status).toBe(200);
  });

  test('of no vendor is refused', async () => {
    expect(await act('setVendorBeta', { vendorId: NOWHERE, isBeta: true })).toMatchObject(
      refusal(404, 'VENDOR_NOT_FOUND'),
    );
    expect(await act('setVendorBeta', { vendorId: NOWHERE, isBeta: 'yes' })).toMatchObject(
      refusal(400, 'INVALID_INPUT'),
    );
  });
});

describe('setFeatureFlag', () => {
  test('sets the audience, and the timeline knows by whom', async () => {
    const key = 'tier_upgrade_requests';
    expect(await act('setFeatureFlag', { key, audience: 'beta' })).toMatchObject({ status: 200 });
    expect(await rows('select audience from feature_flags where key = $1', [key])).toEqual([
      { audience: 'beta' },
    ]);
    const [event] = await rows(
      "select * from tier_upgrade_request_events where kind = 'flag_changed' order by id desc limit 1",
    );
    expect(event).toMatchObject({ actor_id: admin.userId, internal_note: `${key}: all to beta` });
    await openFeature(server.admin);
  });

  test.each([
    [{ key: 'no_such_feature', audience: 'all' }, 'key'],
    [{ key: 'tier_upgrade_requests', audience: 'everybody' }, 'audience'],
    [{ key: 7, audience: 'all' }, 'key'],
  ])('is refused for %j', async (input, field) => {
    expect(await act('setFeatureFlag', input)).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field }] } },
    });
  });
});

describe('setUserDisabled', () => {
  const login = (email: string) => server.act('login', { email, password: PASSWORD }, ANONYMOUS);

  test('shuts a user out at once and ends every session, until enabled again', async () => {
    const vendor = await createVendor(server.admin);
    const { refreshToken } = (await login(vendor.email)).body;
    const answer = await act('setUserDisabled', { userId: vendor.userId, disabled: true });
    expect(answer).toMatchObject({ status: 200, body: { success: true, userId: vendor.userId } });
    const submission = { targetTier: 2, businessJustification: JUSTIFICATION };
    expect(await act('submitTierUpgradeRequest', submission, vendor.session)).toMatchObject(
      refusal(401, 'UNAUTHORIZED'),
    );
    expect(await login(vendor.email)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    await act('setUserDisabled', { userId: vendor.userId, disabled: false });
    // The session that ended stays ended.
    expect(await server.act('refreshSession', { refreshToken }, ANONYMOUS)).toMatchObject(
      refusal(401, 'UNAUTHORIZED'),
    );
    expect((await login(vendor.email)).status).toBe(200);
    expect((await timelineOf(vendor.vendorId)).map(({ kind }) => kind)).toEqual([
      'user_disabled',
      'user_enabled',
    ]);
  });

  test('twice keeps the first time and tells once', async () => {
    const vendor = await createVendor(server.admin);
    const disabledAt = async () => {
      await act('setUserDisabled', { userId: vendor.userId, disabled: true });
      return (await rows('select disabled_at from users where id = $1', [vendor.userId]))[0]!.disabled_at;
    };
    expect(await disabledAt()).toEqual(await disabledAt());
    expect(await timelineOf(vendor.vendorId)).toHaveLength(1);
  });

  test('nobody disables themselves, and of two who disable each other at once one stays', async () => {
    expect(await act('setUserDisabled', { userId: admin.userId, disabled: true })).toMatchObject(
      refusal(403, 'FORBIDDEN'),
    );
    expect(
      await act('setUserDisabled', { userId: admin.userId.toUpperCase(), disabled: true }),
    ).toMatchObject(refusal(403, 'FORBIDDEN'));
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await createAdmin(server.admin), await createAdmin(server.admin)];
      const answers = await Promise.all([
        act('setUserDisabled', { userId: two.userId, disabled: true }, one.session),
        act('setUserDisabled', { userId: one.userId, disabled: true }, two.session),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    }
  });

  test('of nobody is refused', async () => {
    expect(await act('setUserDisabled', { userId: NOWHERE, disabled: true })).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field: 'userId' }] } },
    });
  });
});

describe('retryEmailDelivery', () => {
  async function delivery(status: string, attempts: number) {
    const [row] = await rows(
      `insert into email_deliveries (dedupe_key, recipient, template, status, attempts, sent_at)
       values ($1, 'a@example.com', 'approved', $2, $3, case when $2 = 'sent' then now() end) returning id`,
      [randomUUID(), status, attempts],
    );
    return row!.id as string;
  }
  const stateOf = async (id: string) =>
    (await rows('select status, attempts from email_deliveries where id = $1', [id]))[0];

  test.each([
    ['dead', 8, 0],
    ['failed', 3, 0],
    ['queued', 1, 1],
  ])('queues one that is %s', async (status, attempts, left) => {
    const deliveryId = await delivery(status, attempts);
    const answer = await act('retryEmailDelivery', { deliveryId });
    expect(answer).toMatchObject({ status: 200, body: { success: true, deliveryId } });
    expect(await stateOf(deliveryId)).toEqual({ status: 'queued', attempts: left });
    const told = server
      .logs()
      .split('\n')
      .find((line) => line.includes(deliveryId) && line.includes('queued again'));
    expect(JSON.parse(told!)).toMatchObject({ deliveryId, userId: admin.userId });
  });

  test('but not one that was sent, or that is not there', async () => {
    const sent = await delivery('sent', 1);
    for (const deliveryId of [sent, NOWHERE]) {
      expect(await act('retryEmailDelivery', { deliveryId })).toMatchObject({
        status: 400,
        body: { extensions: { code: 'INVALID_INPUT', errors: [{ field: 'deliveryId' }] } },
      });
    }
    expect(await stateOf(sent)).toEqual({ status: 'sent', attempts: 1 });
  });
});

test.each([
  ['updateVendorTier', { vendorId: NOWHERE, tier: 2 }],
  ['setVendorBeta', { vendorId: NOWHERE, isBeta: true }],
  ['setFeatureFlag', { key: 'tier_upgrade_requests', audience: 'none' }],
  ['setUserDisabled', { userId: NOWHERE, disabled: true }],
  ['retryEmailDelivery', { deliveryId: NOWHERE }],
  ['bulkApproveTierUpgradeRequests', { requestIds: [NOWHERE] }],
])('%s is for administrators only', async (name, input) => {
  const vendor = await createVendor(server.admin);
  expect(await act(name, input, vendor.session)).toMatchObject(refusal(403, 'FORBIDDEN'));
  expect(await act(name, input, ANONYMOUS)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
  expect(await act(name, input, { ...vendor.session, 'x-hasura-role': 'app_admin' })).toMatchObject(
    refusal(403, 'FORBIDDEN'),
  );
  expect(await act(name, input, { 'x-hasura-role': 'admin' })).toMatchObject(refusal(403, 'FORBIDDEN'));
});
