/** What administrators do over REST, each answer held against the OpenAPI document. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRequest, createVendor } from '../../testing/people.ts';
import type { TestServer } from '../../testing/test-server.ts';
import { testEveryOperation, testThatNothingIsLeftOut } from './every-operation.ts';
import { goodCall, REASON } from './good-calls.ts';
import { type Call, RestContract } from './rest-contract.ts';

let contract: RestContract;
let server: TestServer;

beforeAll(async () => {
  contract = await RestContract.start();
  server = contract.server;
});

afterAll(() => server?.stop());

const call = (operationId: string, input: Call) => contract.call(operationId, input);
const good = (operationId: string) => goodCall(server, operationId);

testEveryOperation('Review', () => contract);

describe('what does not exist or is no longer pending', () => {
  test.each([
    ['getTierUpgradeRequest', undefined, 'REQUEST_NOT_FOUND'],
    ['approveTierUpgradeRequest', undefined, 'REQUEST_NOT_FOUND'],
    ['rejectTierUpgradeRequest', { rejectionReason: REASON }, 'REQUEST_NOT_FOUND'],
    ['updateVendorTier', { tier: 2 }, 'VENDOR_NOT_FOUND'],
  ])('%s of nothing', async (operationId, json, code) => {
    expect(await call(operationId, { headers: contract.asAdmin, json })).toMatchObject({
      status: 404,
      body: { code },
    });
    const malformed = { id: "1' or '1'='1" };
    expect(await call(operationId, { headers: contract.asAdmin, params: malformed, json })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    });
  });

  test('a decided request is decided', async () => {
    const approval = await good('approveTierUpgradeRequest');
    const { body } = await call('approveTierUpgradeRequest', { ...approval, json: { adminNotes: 'Fine.' } });
    expect(body.request).toMatchObject({
      status: 'approved',
      adminNotes: 'Fine.',
      reviewedBy: { email: expect.any(String) },
    });
    const { rows } = await server.admin.query('select tier from vendors where id = $1', [
      body.request.vendor.id,
    ]);
    expect(rows).toEqual([{ tier: 2 }]);
    for (const operationId of ['approveTierUpgradeRequest', 'rejectTierUpgradeRequest']) {
      const json = operationId.startsWith('reject') ? { rejectionReason: REASON } : undefined;
      expect(await call(operationId, { ...approval, json })).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_NOT_PENDING' },
      });
    }
  });

  test('a request that one submitted oneself is for somebody else to approve', async () => {
    const vendor = await createVendor(server.admin);
    const id = await createRequest(server.admin, vendor, { userId: contract.admin.userId });
    const approval = { headers: contract.asAdmin, params: { id } };
    expect(await call('approveTierUpgradeRequest', approval)).toMatchObject({
      status: 403,
      body: { code: 'SELF_APPROVAL_FORBIDDEN' },
    });
  });

  test('a request that the vendor’s tier has overtaken is not approved', async () => {
    const approval = await good('approveTierUpgradeRequest');
    await server.admin.query(
      'update vendors set tier = 3 where id = (select vendor_id from tier_upgrade_requests where id = $1)',
      [approval.params?.id],
    );
    expect(await call('approveTierUpgradeRequest', approval)).toMatchObject({
      status: 400,
      body: { code: 'CANNOT_DOWNGRADE' },
    });
  });

  test.each([
    [{}, 'rejectionReason'],
    [{ rejectionReason: '  too short ' }, 'rejectionReason'],
    [{ rejectionReason: REASON, adminNotes: 'x'.repeat(2001) }, 'adminNotes'],
  ])('a rejection with %j names the field', async (json, field) => {
    const rejection = await good('rejectTierUpgradeRequest');
    expect(await call('rejectTierUpgradeRequest', { ...rejection, json })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field }] },
    });
  });
});

test('a tier set directly cancels what became pointless; the same tier again changes nothing', async () => {
  const vendor = await createVendor(server.admin);
  await createRequest(server.admin, vendor);
  const update = { headers: contract.asAdmin, params: { id: vendor.vendorId }, json: { tier: 2 } };
  for (let turn = 0; turn < 2; turn += 1) {
    expect((await call('updateVendorTier', update)).body).toMatchObject({
      success: true,
      vendor: { id: vendor.vendorId, tier: 2, email: vendor.email },
    });
  }
  const { rows } = await server.admin.query('select status from tier_upgrade_requests where vendor_id = $1', [
    vendor.vendorId,
  ]);
  expect(rows).toEqual([{ status: 'cancelled' }]);
  expect(await call('updateVendorTier', { ...update, json: { tier: 0 } })).toMatchObject({
    body: { code: 'INVALID_TIER' },
  });
});

test.each(['listTierUpgradeRequests', 'getTierUpgradeRequest'])(
  '%s is 304 for who has it already',
  async (operationId) => {
    const input = await good(operationId);
    const etag = (await call(operationId, input)).headers.get('etag')!;
    const again = { ...input, headers: { ...input.headers, 'If-None-Match': etag } };
    expect(await call(operationId, again)).toMatchObject({ status: 304 });
  },
);

test.each(['listTierUpgradeRequests', 'exportTierUpgradeRequests'])(
  '%s of a tier that is none',
  async (operationId) => {
    expect(await call(operationId, { headers: contract.asAdmin, query: '?targetTier=7' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_TIER' },
    });
  },
);

testThatNothingIsLeftOut('Review', () => contract);
