import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ANONYMOUS,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const REASON = 'Please add proof of the second location.';
const NOWHERE = '00000000-0000-0000-0000-000000000000';

let server: TestServer;
let admin: TestAdmin;
let otherAdmin: TestAdmin;

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
  otherAdmin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

const approve = (input: object, session = admin.session) =>
  server.act('approveTierUpgradeRequest', input, session);
const reject = (input: object, session = admin.session) =>
  server.act('rejectTierUpgradeRequest', input, session);
const cancel = (input: object, session: Record<string, string>) =>
  server.act('cancelTierUpgradeRequest', input, session);

/** The request, its vendor's tier and its timeline. */
async function stateOf(requestId: string) {
  const { rows } = await server.admin.query(
    `select r.*, v.tier, array(select e.kind from tier_upgrade_request_events e
       where e.vendor_id = v.id order by e.id) as kinds
     from tier_upgrade_requests r join vendors v on v.id = r.vendor_id where r.id = $1`,
    [requestId],
  );
  return rows[0]!;
}

async function pending(options: { tier?: number; targetTier?: number } = {}) {
  const vendor = await createVendor(server.admin, options);
  return { vendor, requestId: await createRequest(server.admin, vendor, options) };
}

const refusal = (status: number, code: string) => ({ status, body: { extensions: { code } } });

describe('approving', () => {
  test('moves request, tier and timeline together', async () => {
    const { requestId } = await pending({ targetTier: 3 });
    const answer = await approve({ requestId, adminNotes: '  seen their site  ' });
    expect(answer).toMatchObject({ status: 200, body: { success: true, requestId } });
    expect(Object.keys(answer.body).sort()).toEqual(['message', 'requestId', 'success']);
    const state = await stateOf(requestId);
    expect(state).toMatchObject({
      status: 'approved',
      tier: 3,
      reviewed_by: admin.userId,
      admin_notes: 'seen their site',
      kinds: ['submitted', 'approved'],
    });
    expect(state.reviewed_at).toBeInstanceOf(Date);
    const { rows } = await server.admin.query(
      "select actor_id, actor_role, from_tier, to_tier, note, internal_note from tier_upgrade_request_events where request_id = $1 and kind = 'approved'",
      [requestId],
    );
    expect(rows).toEqual([
      {
        actor_id: admin.userId,
        actor_role: 'app_admin',
        from_tier: 1,
        to_tier: 3,
        note: null,
        internal_note: 'seen their site',
      },
    ]);
  });

  test('is right while the target still lifts a vendor whose tier has moved', async () => {
    const { vendor, requestId } = await pending({ targetTier: 4 });
    await server.admin.query('update vendors set tier = 3 where id = $1', [vendor.vendorId]);
    expect(await approve({ requestId })).toMatchObject({ status: 200 });
    expect(await stateOf(requestId)).toMatchObject({ status: 'approved', tier: 4 });
  });

  test.each([[2], [3]])('is refused when the vendor has reached tier %i meanwhile', async (tier) => {
    const { vendor, requestId } = await pending({ targetTier: 2 });
    await server.admin.query('update vendors set tier = $2 where id = $1', [vendor.vendorId, tier]);
    expect(await approve({ requestId })).toMatchObject(refusal(400, 'CANNOT_DOWNGRADE'));
    expect(await stateOf(requestId)).toMatchObject({ status: 'pending', tier });
  });

  test('takes four eyes, which is said before the tier and after the status', async () => {
    const vendor = await createVendor(server.admin);
    const { body } = await server.act(
      'submitTierUpgradeRequest',
      { targetTier: 2, businessJustification: JUSTIFICATION, vendorId: vendor.vendorId },
      admin.session,
    );
    await server.admin.query('update vendors set tier = 2 where id = $1', [vendor.vendorId]);
    expect(await approve(body)).toMatchObject(refusal(400, 'INVALID_INPUT'));
    const { requestId } = body;
    expect(await approve({ requestId })).toMatchObject(refusal(403, 'SELF_APPROVAL_FORBIDDEN'));
    await server.admin.query('update vendors set tier = 1 where id = $1', [vendor.vendorId]);
    expect(await approve({ requestId }, otherAdmin.session)).toMatchObject({ status: 200 });
    expect(await approve({ requestId })).toMatchObject(refusal(400, 'REQUEST_NOT_PENDING'));
  });

  test.each([
    [{ requestId: 'nonsense' }, 'requestId'],
    [{}, 'requestId'],
    [{ requestId: NOWHERE, adminNotes: 'x'.repeat(2001) }, 'adminNotes'],
    [{ requestId: NOWHERE, adminNotes: 'a\0' }, 'adminNotes'],
  ])('is refused for %j', async (input, field) => {
    expect(await approve(input)).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field }] } },
    });
  });

  test('is not for vendors, nobody, Hasura’s own admin, or a disabled administrator', async () => {
    const { vendor, requestId } = await pending();
    const gone = await createAdmin(server.admin);
    await server.admin.query('update users set disabled_at = now() where id = $1', [gone.userId]);
    expect(await approve({ requestId }, vendor.session)).toMatchObject(refusal(403, 'FORBIDDEN'));
    expect(await approve({ requestId }, ANONYMOUS)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    expect(await approve({ requestId }, { 'x-hasura-role': 'admin' })).toMatchObject(
      refusal(403, 'FORBIDDEN'),
    );
    expect(await approve({ requestId }, gone.session)).toMatchObject(refusal(401, 'UNAUTHORIZED'));
    expect(await approve({ requestId }, { ...vendor.session, 'x-hasura-role': 'app_admin' })).toMatchObject(
      refusal(403, 'FORBIDDEN'),
    );
    expect(await stateOf(requestId)).toMatchObject({ status: 'pending', tier: 1 });
  });
});

describe('rejecting', () => {
  test('keeps the tier and tells the vendor why', async () => {
    const { requestId } = await pending();
    const answer = await reject({ requestId, rejectionReason: ` ${REASON} `, adminNotes: ' ' });
    expect(answer).toMatchObject({ status: 200, body: { success: true, requestId } });
    expect(await stateOf(requestId)).toMatchObject({
      status: 'rejected',
      tier: 1,
      reviewed_by: admin.userId,
      rejection_reason: REASON,
      admin_notes: null,
      kinds: ['submitted', 'rejected'],
    });
  });

  test.each([
    [undefined],
    [null],
    [''],
    ['too short'],
    [`${'\u00a0'.repeat(20)}too short`],
    ['x'.repeat(1001)],
    [12345678901],
    [`${REASON}\ud83d`],
  ])('is refused for the reason %j', async (rejectionReason) => {
    const { requestId } = await pending();
    expect(await reject({ requestId, rejectionReason })).toMatchObject({
      status: 400,
      body: { extensions: { code: 'INVALID_INPUT', errors: [{ field: 'rejectionReason' }] } },
    });
    expect(await stateOf(requestId)).toMatchObject({ status: 'pending' });
  });

  test('may be of one’s own submission, but not of what is not there', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await createRequest(server.admin, vendor, { userId: admin.userId });
    expect(await reject({ requestId, rejectionReason: REASON })).toMatchObject({ status: 200 });
    expect(await reject({ requestId: NOWHERE, rejectionReason: REASON })).toMatchObject(
      refusal(404, 'REQUEST_NOT_FOUND'),
    );
  });
});

describe('cancelling', () => {
  test('is the vendor’s own way out, and open while the feature is off', async () => {
    const { vendor, requestId } = await pending();
    await openFeature(server.admin, 'none');
    const answer = await cancel({ requestId }, vendor.session);
    await openFeature(server.admin);
    expect(answer).toMatchObject({ status: 200, body: { success: true, requestId } });
    expect(await stateOf(requestId)).toMatchObject({
      status: 'cancelled',
      tier: 1,
      reviewed_by: null,
      reviewed_at: null,
      kinds: ['submitted', 'cancelled'],
    });
    const again = { targetTier: 2, businessJustification: JUSTIFICATION };
    expect(await server.act('submitTierUpgradeRequest', again, vendor.session)).toMatchObject({
      status: 200,
    });
  });

  test('of another vendor’s request is forbidden, whatever its status', async () => {
    const { requestId } = await pending();
    const stranger = await createVendor(server.admin);
    expect(await cancel({ requestId }, stranger.session)).toMatchObject(refusal(403, 'FORBIDDEN'));
    await approve({ requestId });
    expect(await cancel({ requestId }, stranger.session)).toMatchObject(refusal(403, 'FORBIDDEN'));
    expect(await cancel({ requestId: NOWHERE }, stranger.session)).toMatchObject(
      refusal(404, 'REQUEST_NOT_FOUND'),
    );
    expect(await cancel({ requestId }, admin.session)).toMatchObject(refusal(403, 'FORBIDDEN'));
  });
});

describe('a decided request', () => {
  const decisions = {
    approved: (requestId: string) => approve({ requestId }),
    rejected: (requestId: string) => reject({ requestId, rejectionReason: REASON }),
    cancelled: (requestId: string, vendor: TestVendor) => cancel({ requestId }, vendor.session),
  };
  const names = Object.keys(decisions) as (keyof typeof decisions)[];

  test.each(names.flatMap((from) => names.map((to) => [from, to] as const)))(
    'that is %s does not become %s',
    async (from, to) => {
      const { vendor, requestId } = await pending();
      expect(await decisions[from](requestId, vendor)).toMatchObject({ status: 200 });
      expect(await decisions[to](requestId, vendor)).toMatchObject(refusal(400, 'REQUEST_NOT_PENDING'));
      expect(await stateOf(requestId)).toMatchObject({ status: from, kinds: ['submitted', from] });
    },
  );
});

describe('decisions that race', () => {
  const ROUNDS = 25;

  async function expectOneWinner(requestId: string, answers: { status: number; body: unknown }[]) {
    const winners = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status !== 200);
    expect(winners).toHaveLength(1);
    for (const loser of losers) expect(loser).toMatchObject(refusal(400, 'REQUEST_NOT_PENDING'));
    const state = await stateOf(requestId);
    expect(state.kinds).toEqual(['submitted', state.status]);
    expect(state.tier).toBe(state.status === 'approved' ? 2 : 1);
    return state.status as string;
  }

  test('approve against cancel: one wins, and all that is written agrees', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { vendor, requestId } = await pending();
      const both = [() => approve({ requestId }), () => cancel({ requestId }, vendor.session)];
      if (round % 2 === 1) both.reverse();
      const answers = await Promise.all(both.map((decide) => decide()));
      const status = await expectOneWinner(requestId, answers);
      expect(['approved', 'cancelled']).toContain(status);
    }
  });

  test('two administrators, and approve against reject', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { requestId } = await pending();
      const answers = await Promise.all([
        approve({ requestId }),
        approve({ requestId }, otherAdmin.session),
        reject({ requestId, rejectionReason: REASON }),
      ]);
      await expectOneWinner(requestId, answers);
    }
  });

  test('submit again while the old request is being approved: no deadlock, and all agrees', async () => {
    server.metrics.transactionRetries.reset();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { vendor, requestId } = await pending();
      const again = { targetTier: 3, businessJustification: JUSTIFICATION };
      const [first, second] = await Promise.all([
        approve({ requestId }),
        server.act('submitTierUpgradeRequest', again, vendor.session),
      ]);
      expect(first.status).toBe(200);
      expect([200, 409]).toContain(second.status);
      if (second.status === 200)
        expect(await stateOf(second.body.requestId)).toMatchObject({ current_tier: 2 });
    }
    expect(await server.metrics.registry.metrics()).not.toContain('sqlstate="40P01"');
  });

  test('submit again while the old request is being decided: never two pending', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { vendor, requestId } = await pending();
      const again = { targetTier: 3, businessJustification: JUSTIFICATION };
      const [first, second] = await Promise.all([
        cancel({ requestId }, vendor.session),
        server.act('submitTierUpgradeRequest', again, vendor.session),
      ]);
      expect(first.status).toBe(200);
      expect([200, 409]).toContain(second.status);
      const { rows } = await server.admin.query(
        "select from tier_upgrade_requests where vendor_id = $1 and status = 'pending'",
        [vendor.vendorId],
      );
      expect(rows).toHaveLength(second.status === 200 ? 1 : 0);
    }
  });
});

test('decisions are measured', async () => {
  const text = await server.metrics.registry.metrics();
  expect(text).toMatch(/tierline_decisions_total\{outcome="approved"\} [1-9]/);
  expect(text).toMatch(/tierline_decisions_total\{outcome="rejected"\} [1-9]/);
  expect(text).toMatch(/tierline_review_seconds_count [1-9]/);
  expect(text).toMatch(/tierline_submissions_total [1-9]/);
});
