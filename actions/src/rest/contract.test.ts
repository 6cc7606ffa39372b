/**
 * Every path of REST with every status and every code that the OpenAPI document lists for it: each answer is validated
 * against the document, and at the end nothing that the document lists may be left unseen.
 */

import { randomUUID } from 'node:crypto';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createResetLink } from '../accounts/reset-tokens.ts';
import {
  bearerOf,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  PASSWORD,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { type Answer, startTestServer, type TestServer } from '../testing/test-server.ts';
import { readsBody } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';

type Headers = Record<string, string>;

interface Call {
  readonly params?: Record<string, string>;
  readonly query?: string;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Headers;
}

const REASON = 'Please come back after the summer.';
const SUBMISSION = { targetTier: 2, businessJustification: JUSTIFICATION };
const FOREIGN_PAGE = { Origin: 'https://evil.example' };
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
let admin: TestAdmin;
let asAdmin: Headers;
// biome-ignore lint/suspicious/noExplicitAny: the document is read as any client would.
let document: any;
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
let listed: Set<string>;
const seen = new Set<string>();

beforeAll(async () => {
  server = await startTestServer();
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
  asAdmin = await bearerOf(server.config, admin);
  document = (await server.send('/api/openapi.json')).body;
  listed = new Set(
    ENDPOINTS.flatMap(({ operationId, path, method }) =>
      Object.entries(document.paths[`/api${path}`][method].responses).flatMap(([status, response]) =>
        codesIn(response).map((code) => `${operationId} ${status} ${code}`),
      ),
    ),
  );
});

afterAll(() => server?.stop());
afterEach(() => void vi.restoreAllMocks());

// biome-ignore lint/suspicious/noExplicitAny: the document is read as any client would.
function codesIn(response: any): string[] {
  return response.content?.['application/json']?.schema?.properties?.code?.enum ?? ['-'];
}

/** The shape of a response, with the named ones that it refers to. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
function validatorOf(response: any): ValidateFunction {
  const { schema } = response.content['application/json'];
  return ajv.compile({ ...schema, components: document.components });
}

/** Calls an operation and holds its answer against the document. */
async function call(
  operationId: string,
  { params = {}, query = '', json, body, headers = {} }: Call,
): Promise<Answer> {
  const endpoint = ENDPOINTS.find((one) => one.operationId === operationId)!;
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? UNKNOWN);
  const answer = await server.send(`/api${path}${query}`, {
    method: endpoint.method.toUpperCase(),
    headers,
    ...(json === undefined ? {} : { json }),
    ...(body === undefined ? {} : { body }),
  });
  const key = `${operationId} ${answer.status} ${answer.status >= 400 ? answer.body.code : '-'}`;
  expect(listed).toContain(key);
  if (answer.status !== 304 && answer.headers.get('content-type')?.startsWith('application/json')) {
    const validate = validatorOf(
      document.paths[`/api${endpoint.path}`][endpoint.method].responses[answer.status],
    );
    validate(answer.body);
    expect({ key, errors: validate.errors ?? [] }).toEqual({ key, errors: [] });
  }
  expect(JSON.stringify(answer.body)).not.toMatch(/ at .*\.ts|select |MARKED|users_gone/);
  seen.add(key);
  return answer;
}

/** A call that is right in everything, by somebody new: what the checks that all operations share start from. */
async function goodCall(operationId: string): Promise<Call> {
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
      return { json: { token: await resetTokenOf(vendor), newPassword: 'a new horse, a new battery' } };
    case 'changePassword':
      return {
        headers: newAdmin,
        json: { currentPassword: PASSWORD, newPassword: 'a new horse, a new battery' },
      };
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
    default:
      return { headers: newAdmin, params: { id: await createRequest(server.admin, vendor) } };
  }
}

async function resetTokenOf({ userId }: TestVendor): Promise<string> {
  const link = await createResetLink(server.database, server.config, { id: userId, role: 'vendor' });
  return new URL(link).hash.slice('#token='.length);
}

const OPERATIONS = ENDPOINTS.map(({ operationId }) => operationId);
const WITH_TOKEN = ENDPOINTS.filter(({ roles }) => roles.length > 0).map(({ operationId }) => operationId);
const WITH_BODY = ENDPOINTS.filter(readsBody).map(({ operationId }) => operationId);

describe.each(OPERATIONS)('%s', (operationId) => {
  test('works', async () => {
    const { status } = await call(operationId, await goodCall(operationId));
    expect(status).toBe(operationId === 'submitTierUpgradeRequest' ? 201 : 200);
  });

  test('refuses a parameter that it does not know', async () => {
    const good = await goodCall(operationId);
    expect(await call(operationId, { ...good, query: '?colour=red' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field: 'colour' }] },
    });
  });

  test('says so when the database does not answer, and nothing more', async () => {
    const good = await goodCall(operationId);
    await server.admin.query(
      'alter table users rename to users_gone; alter schema private rename to private_gone',
    );
    try {
      expect(await call(operationId, good)).toMatchObject({ status: 500, body: { code: 'DATABASE_ERROR' } });
    } finally {
      await server.admin.query(
        'alter schema private_gone rename to private; alter table users_gone rename to users',
      );
    }
  });

  test('says so when it fails, and nothing more', async () => {
    const good = await goodCall(operationId);
    const fail = () => Promise.reject(new TypeError('MARKED internals'));
    vi.spyOn(server.database, 'query').mockImplementation(fail);
    vi.spyOn(server.database, 'withTransaction').mockImplementation(fail);
    expect(await call(operationId, good)).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
  });
});

describe.each(WITH_BODY)('%s with a body', (operationId) => {
  test.each([
    ['that is no JSON at all', { body: 'name=value', headers: { 'Content-Type': 'text/plain' } }, 415],
    [
      'over 100 kB',
      { body: JSON.stringify({ x: 'x'.repeat(110_000) }), headers: { 'Content-Type': 'application/json' } },
      413,
    ],
    ['of broken JSON', { body: '{"targetTier":', headers: { 'Content-Type': 'application/json' } }, 400],
    ['of a list', { body: '[1]', headers: { 'Content-Type': 'application/json' } }, 400],
    ['with an unknown field', { body: '{"colour":1}', headers: { 'Content-Type': 'application/json' } }, 400],
    [
      'with __proto__',
      { body: '{"__proto__":{"status":1}}', headers: { 'Content-Type': 'application/json' } },
      400,
    ],
  ])('%s', async (_name, { body, headers }, status) => {
    const { params = {}, headers: who = {} } = await goodCall(operationId);
    expect(await call(operationId, { params, body, headers: { ...who, ...headers } })).toMatchObject({
      status,
      body: { success: false, code: 'INVALID_INPUT' },
    });
  });
});

describe.each(WITH_TOKEN)('%s', (operationId) => {
  test('is nothing for a stranger, whatever else is wrong, and a cookie is no token', async () => {
    const { headers: _headers, ...good } = await goodCall(operationId);
    const { body: session, headers } = await server.send('/api/auth/login', {
      method: 'POST',
      json: { email: admin.email, password: PASSWORD, app: 'admin' },
      headers: { Origin: 'http://localhost:3001' },
    });
    const Cookie = headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    for (const strange of [
      {},
      { Cookie },
      { Authorization: 'Bearer a.b.c' },
      { Authorization: `Basic ${session.accessToken}` },
      { Authorization: session.accessToken },
      { 'X-Hasura-Role': 'app_admin', 'X-Hasura-User-Id': admin.userId, 'X-Hasura-Admin-Secret': 'x' },
    ] as Headers[]) {
      expect(await call(operationId, { ...good, headers: strange })).toMatchObject({ status: 401 });
      expect(await call(operationId, { ...good, query: '?colour=red', headers: strange })).toMatchObject({
        status: 401,
      });
    }
    expect(await call(operationId, { query: `?access_token=${session.accessToken}` })).toMatchObject({
      status: 401,
    });
  });

  test('is nothing for a user who was disabled a moment ago', async () => {
    const disabled = await createAdmin(server.admin);
    const headers = await bearerOf(server.config, disabled);
    await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
    expect(await call(operationId, { ...(await goodCall(operationId)), headers })).toMatchObject({
      status: 401,
    });
  });

  test('is not for another vendor, before anything in it is looked at', async () => {
    const stranger = await bearerOf(server.config, await createVendor(server.admin));
    const { json, ...good } = await goodCall(operationId);
    const isChange = operationId === 'changePassword';
    const forbidden = isChange
      ? { json: { ...(json as object), app: 'admin' }, headers: { ...good.headers, ...FOREIGN_PAGE } }
      : { ...good, headers: stranger, query: '?colour=red' };
    const answer = await call(operationId, forbidden);
    expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    // Whether it exists is no business of a stranger's.
    if (isChange) return;
    const { body } = await call(operationId, { ...forbidden, params: {} });
    expect(body).toEqual(answer.body);
  });
});

const LIMITED = ENDPOINTS.filter(({ isLimited }) => isLimited).map(({ operationId }) => operationId);

test.each(LIMITED)(
  '%s says when it was called too often, also to who sends nonsense',
  async (operationId) => {
    const good = await goodCall(operationId);
    const nonsense =
      operationId === 'login' || operationId === 'requestPasswordReset' ? {} : { query: '?colour=red' };
    // A vendor cancels without a limit; everything else counts from the first call on.
    const json = operationId === 'login' ? { ...(good.json as object), password: 'wrong' } : good.json;
    await call(operationId, { ...good, ...nonsense, json });
    await server.admin.query('update private.rate_limits set points = 1000000');
    const answer = await call(operationId, { ...good, ...nonsense });
    await server.admin.query('delete from private.rate_limits');
    expect(answer).toMatchObject({
      status: 429,
      body: { code: 'RATE_LIMIT_EXCEEDED', retryAfter: expect.any(Number) },
    });
    expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfter));
    expect(answer.headers.get('ratelimit-remaining')).toBe('0');
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(Number(answer.headers.get('ratelimit-limit'))).toBeGreaterThan(0);
  },
);

describe('sessions', () => {
  test('wrong or used tokens and passwords are UNAUTHORIZED', async () => {
    const vendor = await createVendor(server.admin);
    const [login, used] = [await goodCall('login'), await goodCall('refreshSession')];
    await call('refreshSession', used);
    const wrong: [string, Call][] = [
      ['login', { json: { ...(login.json as object), password: 'wrong' } }],
      ['login', { json: { email: `${randomUUID()}@example.com`, password: PASSWORD } }],
      ['refreshSession', used],
      ['logout', { json: { refreshToken: 'made up', everywhere: true } }],
      ['resetPassword', { json: { token: 'made up', newPassword: 'a new horse, a new battery' } }],
      [
        'changePassword',
        {
          headers: await bearerOf(server.config, vendor),
          json: { currentPassword: 'wrong', newPassword: 'a new horse, a new battery' },
        },
      ],
    ];
    for (const [operationId, input] of wrong) {
      expect(await call(operationId, input)).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
    }
  });

  test.each(['login', 'refreshSession', 'logout'])(
    '%s with an app is not for somebody else’s page',
    async (operationId) => {
      const { json } = await goodCall('login');
      const body = operationId === 'login' ? { ...(json as object), app: 'portal' } : { app: 'portal' };
      for (const headers of [
        {},
        FOREIGN_PAGE,
        { Origin: 'null' },
        { Origin: 'http://localhost:3000.evil.example' },
      ] as Headers[]) {
        const answer = await call(operationId, { json: body, headers });
        expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    },
  );
});

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
    const { body } = await call('submitTierUpgradeRequest', { headers: asAdmin, params: { vendorId }, json });
    expect(body.request.user).toEqual({ id: admin.userId, email: admin.email });
    const approval = { headers: asAdmin, params: { id: body.request.id } };
    expect(await call('approveTierUpgradeRequest', approval)).toMatchObject({
      status: 403,
      body: { code: 'SELF_APPROVAL_FORBIDDEN' },
    });
    expect(await call('submitTierUpgradeRequest', { headers: asAdmin, json })).toMatchObject({
      status: 404,
      body: { code: 'VENDOR_NOT_FOUND' },
    });
    expect(
      await call('submitTierUpgradeRequest', { headers: asAdmin, params: { vendorId: 'x' }, json }),
    ).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field: 'vendorId' }] },
    });
  });
});

describe('what does not exist or is no longer pending', () => {
  test.each([
    ['getTierUpgradeRequest', undefined, 'REQUEST_NOT_FOUND'],
    ['approveTierUpgradeRequest', undefined, 'REQUEST_NOT_FOUND'],
    ['rejectTierUpgradeRequest', { rejectionReason: REASON }, 'REQUEST_NOT_FOUND'],
    ['updateVendorTier', { tier: 2 }, 'VENDOR_NOT_FOUND'],
    ['listVendorTierUpgradeRequests', undefined, 'VENDOR_NOT_FOUND'],
  ])('%s of nothing is %s', async (operationId, json, code) => {
    expect(await call(operationId, { headers: asAdmin, json })).toMatchObject({
      status: 404,
      body: { code },
    });
    const malformed = { id: "1' or '1'='1", vendorId: '1' };
    expect(await call(operationId, { headers: asAdmin, params: malformed, json })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
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
    const byAdmin = { ...own, headers: asAdmin };
    expect(await call('cancelTierUpgradeRequest', byAdmin)).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
  });

  test('a decided request is decided', async () => {
    const approval = await goodCall('approveTierUpgradeRequest');
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

  test('a request that the vendor’s tier has overtaken is not approved', async () => {
    const approval = await goodCall('approveTierUpgradeRequest');
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
    const rejection = await goodCall('rejectTierUpgradeRequest');
    expect(await call('rejectTierUpgradeRequest', { ...rejection, json })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field }] },
    });
  });
});

test('a tier set directly cancels what became pointless; the same tier again changes nothing', async () => {
  const vendor = await createVendor(server.admin);
  await createRequest(server.admin, vendor);
  const update = { headers: asAdmin, params: { id: vendor.vendorId }, json: { tier: 2 } };
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

test.each(['listTierUpgradeRequests', 'listVendorTierUpgradeRequests', 'getTierUpgradeRequest'])(
  '%s is 304 for who has it already',
  async (operationId) => {
    const good = await goodCall(operationId);
    const etag = (await call(operationId, good)).headers.get('etag')!;
    const again = { ...good, headers: { ...good.headers, 'If-None-Match': etag } };
    expect(await call(operationId, again)).toMatchObject({ status: 304 });
  },
);

test.each(['listTierUpgradeRequests', 'exportTierUpgradeRequests'])(
  '%s of a tier that is none',
  async (operationId) => {
    expect(await call(operationId, { headers: asAdmin, query: '?targetTier=7' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_TIER' },
    });
  },
);

test.each([
  ['PUT', '/api/admin/tier-upgrade-requests', 405],
  ['DELETE', `/api/admin/tier-upgrade-requests/${UNKNOWN}`, 405],
  ['POST', `/api/admin/tier-upgrade-requests/${UNKNOWN}/approve`, 405],
  ['OPTIONS', '/api/admin/tier-upgrade-requests', 405],
  ['PATCH', `/api/admin/vendors/${UNKNOWN}/tier`, 405],
  ['GET', '/api/admin', 404],
  ['GET', `/api/admin/vendors/${UNKNOWN}`, 404],
  ['GET', '/api/portal/vendors', 404],
  ['GET', '/api/admin/tier-upgrade-requests.json', 404],
])('%s %s is %i, in the shape of every error', async (method, path, status) => {
  const answer = await server.send(path, { method, headers: asAdmin });
  expect(answer).toMatchObject({ status, body: { success: false, code: 'INVALID_INPUT' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const name = status === 404 ? 'NotFound' : 'MethodNotAllowed';
  expect(validatorOf(document.components.responses[name])(answer.body)).toBe(true);
  if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|PATCH|PUT/);
});

test('nothing that the document lists was left out', () => {
  expect([...listed].filter((key) => !seen.has(key))).toEqual([]);
});
