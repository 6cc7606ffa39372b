import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createRequest,
  createVendor,
  openFeature,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const REASON = 'Please add proof of the second location.';
const NOWHERE = '00000000-0000-0000-0000-000000000000';

let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
});

afterAll(() => server?.stop());

const bulkApprove = (input: object, session = admin.session) =>
  server.act('bulkApproveTierUpgradeRequests', input, session);
const bulkReject = (input: object, session = admin.session) =>
  server.act('bulkRejectTierUpgradeRequests', { rejectionReason: REASON, ...input }, session);

async function pending(options: { tier?: number; targetTier?: number; userId?: string } = {}) {
  const vendor = await createVendor(server.admin, options);
  return { vendor, requestId: await createRequest(server.admin, vendor, options) };
}

async function pendings(count: number): Promise<{ vendor: TestVendor; requestId: string }[]> {
  return Promise.all(Array.from({ length: count }, () => pending()));
}

/** One that is open, one for each refusal, and their codes in that order. */
async function mixture() {
  const open = await pending({ targetTier: 3 });
  const decided = await pending();
  await server.act('approveTierUpgradeRequest', { requestId: decided.requestId }, admin.session);
  const own = await pending({ userId: admin.userId });
  const outranked = await pending({ targetTier: 2 });
  await server.admin.query('update vendors set tier = 2 where id = $1', [outranked.vendor.vendorId]);
  return {
    open,
    ids: [decided, own, outranked].map(({ requestId }) => requestId).concat(NOWHERE),
    codes: ['REQUEST_NOT_PENDING', 'SELF_APPROVAL_FORBIDDEN', 'CANNOT_DOWNGRADE', 'REQUEST_NOT_FOUND'],
  };
}

async function stateOf(requestId: string) {
  const { rows } = await server.admin.query(
    'select r.status, v.tier from tier_upgrade_requests r join vendors v on v.id = r.vendor_id where r.id = $1',
    [requestId],
  );
  return rows[0];
}

describe('each on its own', () => {
  test('those that are refused hold up no other, and the results are in the order given', async () => {
    const { open, ids, codes } = await mixture();
    const requestIds = [...ids, open.requestId];
    const { status, body } = await bulkApprove({ requestIds, adminNotes: 'Checked together.' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, succeeded: 1, failed: 4 });
    expect(Object.keys(body).sort()).toEqual(['failed', 'message', 'results', 'succeeded', 'success']);
    expect(body.results.map(({ requestId }: { requestId: string }) => requestId)).toEqual(requestIds);
    expect(body.results.map(({ code }: { code: string }) => code)).toEqual([...codes, null]);
    expect(body.results[4]).toEqual({
      requestId: open.requestId,
      success: true,
      code: null,
      message: null,
    });
    expect(body.results[0].message).toContain('decided already');
    expect(await stateOf(open.requestId)).toEqual({ status: 'approved', tier: 3 });
  });

  test('an id given twice, in whatever case, is decided once and has the same result twice', async () => {
    const { requestId } = await pending();
    const answer = await bulkReject({ requestIds: [requestId, requestId.toUpperCase()] });
    expect(answer.body).toMatchObject({ success: true, succeeded: 2, failed: 0 });
    expect(answer.body.results[1]).toEqual(answer.body.results[0]);
    const { rows } = await server.admin.query(
      "select from tier_upgrade_request_events where request_id = $1 and kind = 'rejected'",
      [requestId],
    );
    expect(rows).toHaveLength(1);
  });

  test('a hundred at once', async () => {
    const requestIds = (await pendings(100)).map(({ requestId }) => requestId);
    expect((await bulkApprove({ requestIds })).body).toMatchObject({ success: true, succeeded: 100 });
  });
});

describe('atomic', () => {
  test('all are decided together', async () => {
    const requestIds = (await pendings(5)).map(({ requestId }) => requestId);
    const { body } = await bulkApprove({ requestIds: [...requestIds, requestIds[0]], atomic: true });
    expect(body).toMatchObject({ success: true, succeeded: 6, failed: 0 });
    for (const requestId of requestIds) {
      expect(await stateOf(requestId)).toEqual({ status: 'approved', tier: 2 });
    }
  });

  test('one refusal fails the call with its code, names each one refused, and changes nothing', async () => {
    const { open, ids, codes } = await mixture();
    for (const [index, id] of ids.entries()) {
      const answer = await bulkApprove({ requestIds: [open.requestId, id], atomic: true });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body.extensions).toMatchObject({
        code: codes[index],
        errors: [{ field: 'requestIds[1]' }],
      });
    }
    const { body } = await bulkApprove({
      requestIds: [ids[3], open.requestId, ids[1], ids[3]],
      atomic: true,
    });
    expect(body.extensions.code).toBe('REQUEST_NOT_FOUND');
    expect(body.extensions.errors.map(({ field }: { field: string }) => field)).toEqual([
      'requestIds[0]',
      'requestIds[2]',
      'requestIds[3]',
    ]);
    expect(await stateOf(open.requestId)).toEqual({ status: 'pending', tier: 1 });
  });
});

describe('the input', () => {
  test.each([
    [{}, ['requestIds']],
    [{ requestIds: [] }, ['requestIds']],
    [{ requestIds: Array.from({ length: 101 }, () => NOWHERE) }, ['requestIds']],
    [{ requestIds: NOWHERE }, ['requestIds']],
    [{ requestIds: [NOWHERE, 'x', NOWHERE, null] }, ['requestIds[1]', 'requestIds[3]']],
    [{ requestIds: [NOWHERE], atomic: 'yes' }, ['atomic']],
    [{ requestIds: [NOWHERE], adminNotes: 'x'.repeat(2001) }, ['adminNotes']],
    [{ requestIds: [NOWHERE], rejectionReason: 'too short' }, ['rejectionReason']],
  ])('%j is refused for %j', async (input, fields) => {
    const { status, body } = await bulkReject(input);
    expect(status).toBe(400);
    expect(body.extensions.code).toBe('INVALID_INPUT');
    expect(body.extensions.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  test('is not looked at for a vendor', async () => {
    const { vendor, requestId } = await pending();
    expect(await bulkApprove({ requestIds: [requestId] }, vendor.session)).toMatchObject({
      status: 403,
      body: { extensions: { code: 'FORBIDDEN' } },
    });
    expect(await stateOf(requestId)).toEqual({ status: 'pending', tier: 1 });
  });
});
