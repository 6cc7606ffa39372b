/** What a vendor does with its requests over REST, each answer held against the OpenAPI document. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bearerOf,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  type TestVendor,
} from '../../testing/people.ts';
import type { TestServer } from '../../testing/test-server.ts';
import { testEveryOperation, testThatNothingIsLeftOut } from './every-operation.ts';
import { goodCall, SUBMISSION } from './good-calls.ts';
import { type Call, RestContract, UNKNOWN } from './rest-contract.ts';

let contract: RestContract;
let server: TestServer;

beforeAll(async () => {
  contract = await RestContract.start();
  server = contract.server;
});

afterAll(() => server?.stop());

const call = (operationId: string, input: Call) => contract.call(operationId, input);
const good = (operationId: string) => goodCall(server, operationId);

testEveryOperation('Vendors’ requests', () => contract);

describe('a submission', () => {
  const submit = async (json: unknown, vendor?: TestVendor) => {
    const who = vendor ?? (await createVendor(server.admin));
    const headers = await bearerOf(server.config, who);
    return call('submitTierUpgradeRequest', { headers, params: { vendorId: who.vendorId }, json });
  };

  test.each([
    ['tier 5', { ...SUBMISSION, targetTier: 5 }, 'INVALID_TIER'],
    ['tier "2"', { ...SUBMISSION, targetTier: '2' }, 'INVALID_TIER'],
    ['tier 2.5', { ...SUBMISSION, targetTier: 2.5 }, 'INVALID_TIER'],
    ['no justification', { targetTier: 2 }, 'JUSTIFICATION_TOO_SHORT'],
    [
      '49 characters',
      { ...SUBMISSION, businessJustification: `  ${'🦄'.repeat(49)}  ` },
      'JUSTIFICATION_TOO_SHORT',
    ],
    ['1001 characters', { ...SUBMISSION, businessJustification: 'x'.repeat(1001) }, 'JUSTIFICATION_TOO_LONG'],
    ['NUL', { ...SUBMISSION, businessJustification: `${JUSTIFICATION}\0` }, 'INVALID_INPUT'],
    ['half a character', { ...SUBMISSION, businessJustification: `${JUSTIFICATION}\ud800` }, 'INVALID_INPUT'],
    ['a vendor in the body', { ...SUBMISSION, vendorId: UNKNOWN }, 'INVALID_INPUT'],
    ['a status', { ...SUBMISSION, status: 'approved' }, 'INVALID_INPUT'],
    ['two wrong fields', { targetTier: 9, businessJustification: 'short' }, 'INVALID_INPUT'],
    ['its own tier', { ...SUBMISSION, targetTier: 1 }, 'CANNOT_DOWNGRADE'],
  ])('with %s is %s', async (_name, json, code) => {
    expect(await submit(json)).toMatchObject({ status: 400, body: { success: false, code } });
  });

  test('stores and shows the text trimmed, and counts down', async () => {
    const answer = await submit({ ...SUBMISSION, businessJustification: `\u00a0${JUSTIFICATION}\n` });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        request: { status: 'pending', currentTier: 1, targetTier: 2, businessJustification: JUSTIFICATION },
      },
    });
    expect(answer.headers.get('ratelimit-limit')).toBe('10');
    expect(answer.headers.get('ratelimit-remaining')).toBe('9');
  });

  test('one at a time, none at the top, none while the feature is off', async () => {
    const vendor = await createVendor(server.admin);
    await submit(SUBMISSION, vendor);
    expect(await submit(SUBMISSION, vendor)).toMatchObject({
      status: 409,
      body: { code: 'PENDING_REQUEST_EXISTS' },
    });
    const top = await createVendor(server.admin, { tier: 4 });
    expect(await submit({ ...SUBMISSION, targetTier: 4 }, top)).toMatchObject({
      status: 400,
      body: { code: 'ALREADY_MAX_TIER' },
    });
    await openFeature(server.admin, 'none');
    const refused = await submit(SUBMISSION);
    await openFeature(server.admin);
    expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  });

  test('on behalf of a vendor: the administrator may not approve it', async () => {
    const { vendorId } = await createVendor(server.admin);
    const json = { ...SUBMISSION };
    const { body } = await call('submitTierUpgradeRequest', {
      headers: contract.asAdmin,
      params: { vendorId },
      json,
    });
    expect(body.request.user).toEqual({ id: contract.admin.userId, email: contract.admin.email });
    const approval = { headers: contract.asAdmin, params: { id: body.request.id } };
    expect(await call('approveTierUpgradeRequest', approval)).toMatchObject({
      status: 403,
      body: { code: 'SELF_APPROVAL_FORBIDDEN' },
    });
    expect(await call('submitTierUpgradeRequest', { headers: contract.asAdmin, json })).toMatchObject({
      status: 404,
      body: { code: 'VENDOR_NOT_FOUND' },
    });
    expect(
      await call('submitTierUpgradeRequest', { headers: contract.asAdmin, params: { vendorId: 'x' }, json }),
    ).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field: 'vendorId' }] },
    });
  });
});

test('a request is cancelled at its own vendor’s path only, and once', async () => {
  const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
  const headers = await bearerOf(server.config, vendor);
  const [requestId, foreign] = [
    await createRequest(server.admin, vendor),
    await createRequest(server.admin, other),
  ];
  const { vendorId } = vendor;
  for (const missing of [foreign, UNKNOWN]) {
    expect(
      await call('cancelTierUpgradeRequest', { headers, params: { vendorId, requestId: missing } }),
    ).toMatchObject({
      status: 404,
      body: { code: 'REQUEST_NOT_FOUND' },
    });
  }
  const own = { headers, params: { vendorId: vendorId.toUpperCase(), requestId } };
  expect((await call('cancelTierUpgradeRequest', own)).body.request).toMatchObject({ status: 'cancelled' });
  expect(await call('cancelTierUpgradeRequest', own)).toMatchObject({
    status: 400,
    body: { code: 'REQUEST_NOT_PENDING' },
  });
  const byAdmin = { ...own, headers: contract.asAdmin };
  expect(await call('cancelTierUpgradeRequest', byAdmin)).toMatchObject({
    status: 403,
    body: { code: 'FORBIDDEN' },
  });
});

test('the list of a vendor that is none is VENDOR_NOT_FOUND, of what is no id INVALID_INPUT', async () => {
  const headers = contract.asAdmin;
  expect(await call('listVendorTierUpgradeRequests', { headers })).toMatchObject({
    status: 404,
    body: { code: 'VENDOR_NOT_FOUND' },
  });
  expect(
    await call('listVendorTierUpgradeRequests', { headers, params: { vendorId: "1' or '1'='1" } }),
  ).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', errors: [{ field: 'vendorId' }] } });
});

test('a vendor’s list is 304 for who has it already', async () => {
  const input = await good('listVendorTierUpgradeRequests');
  const etag = (await call('listVendorTierUpgradeRequests', input)).headers.get('etag')!;
  const again = { ...input, headers: { ...input.headers, 'If-None-Match': etag } };
  expect(await call('listVendorTierUpgradeRequests', again)).toMatchObject({ status: 304 });
});

testThatNothingIsLeftOut('Vendors’ requests', () => contract);
