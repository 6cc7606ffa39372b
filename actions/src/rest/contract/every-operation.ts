/** The tests that every operation of REST passes, whatever it is about. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import { bearerOf, createAdmin, createVendor, PASSWORD } from '../../testing/people.ts';
import { type Endpoint, readsBody } from '../endpoint.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { goodCall } from './good-calls.ts';
import type { Call, Headers, RestContract } from './rest-contract.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Tests every operation under a heading of the document; `contract` is asked once the tests run. */
export function testEveryOperation(tag: Endpoint['tag'], contract: () => RestContract): void {
  const endpoints = ENDPOINTS.filter((endpoint) => endpoint.tag === tag);
  const nameOf = ({ operationId }: Endpoint) => operationId;
  const good = (operationId: string): Promise<Call> => goodCall(contract().server, operationId);
  const call = (operationId: string, input: Call) => contract().call(operationId, input);

  afterEach(() => void vi.restoreAllMocks());

  describe.each(endpoints.map(nameOf))('%s', (operationId) => {
    test('works', async () => {
      const { status } = await call(operationId, await good(operationId));
      expect(status).toBe(operationId === 'submitTierUpgradeRequest' ? 201 : 200);
    });

    test('refuses a parameter that it does not know', async () => {
      expect(await call(operationId, { ...(await good(operationId)), query: '?colour=red' })).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT', errors: [{ field: 'colour' }] },
      });
    });

    test('says so when the database does not answer, and nothing more', async () => {
      const input = await good(operationId);
      const { admin } = contract().server;
      await admin.query(
        'alter table users rename to users_gone; alter schema private rename to private_gone',
      );
      try {
        expect(await call(operationId, input)).toMatchObject({
          status: 500,
          body: { code: 'DATABASE_ERROR' },
        });
      } finally {
        await admin.query(
          'alter schema private_gone rename to private; alter table users_gone rename to users',
        );
      }
    });

    test('says so when it fails, and nothing more', async () => {
      const input = await good(operationId);
      const fail = () => Promise.reject(new TypeError('MARKED internals'));
      vi.spyOn(contract().server.database, 'query').mockImplementation(fail);
      vi.spyOn(contract().server.database, 'withTransaction').mockImplementation(fail);
      expect(await call(operationId, input)).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR' } });
    });
  });

  const bodies: [string, { body: string; headers: Headers }, number][] = [
    ['that is no JSON at all', { body: 'name=value', headers: { 'Content-Type': 'text/plain' } }, 415],
    ['over 100 kB', { body: JSON.stringify({ x: 'x'.repeat(110_000) }), headers: JSON_TYPE }, 413],
    ['of broken JSON', { body: '{"targetTier":', headers: JSON_TYPE }, 400],
    ['of a list', { body: '[1]', headers: JSON_TYPE }, 400],
    ['with an unknown field', { body: '{"colour":1}', headers: JSON_TYPE }, 400],
    ['with __proto__', { body: '{"__proto__":{"status":1}}', headers: JSON_TYPE }, 400],
  ];

  describe.each(endpoints.filter(readsBody).map(nameOf))('%s with a body', (operationId) => {
    test.each(bodies)('%s', async (_name, { body, headers }, status) => {
      const { params = {}, headers: who = {} } = await good(operationId);
      expect(await call(operationId, { params, body, headers: { ...who, ...headers } })).toMatchObject({
        status,
        body: { success: false, code: 'INVALID_INPUT' },
      });
    });
  });

  const asking = endpoints.filter(({ body, isBodyOptional }) => body !== undefined && !isBodyOptional);

  test.each(asking.map(nameOf))('%s without a body is told which fields it lacks', async (operationId) => {
    const { params = {}, headers = {} } = await good(operationId);
    const answer = await call(operationId, { params, headers });
    expect(answer).toMatchObject({ status: 400, body: { success: false, errors: expect.any(Array) } });
    const lacking = answer.body.errors.map(({ field }: { field: string }) => field);
    const { body } = asking.find((endpoint) => endpoint.operationId === operationId)!;
    expect(Object.keys(body!.shape)).toEqual(expect.arrayContaining(lacking));
    expect(lacking).not.toEqual([]);
  });

  const withToken = endpoints.filter(({ roles }) => roles.length > 0).map(nameOf);

  describe.each(withToken)('%s', (operationId) => {
    test('is nothing for a stranger, whatever else is wrong, and a cookie is no token', async () => {
      const { server, admin } = contract();
      const { headers: _headers, ...input } = await good(operationId);
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
        expect(await call(operationId, { ...input, headers: strange })).toMatchObject({ status: 401 });
        expect(await call(operationId, { ...input, query: '?colour=red', headers: strange })).toMatchObject({
          status: 401,
        });
      }
      expect(await call(operationId, { query: `?access_token=${session.accessToken}` })).toMatchObject({
        status: 401,
      });
    });

    test('is nothing for a user who was disabled a moment ago', async () => {
      const { server } = contract();
      const disabled = await createAdmin(server.admin);
      const headers = await bearerOf(server.config, disabled);
      await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
      expect(await call(operationId, { ...(await good(operationId)), headers })).toMatchObject({
        status: 401,
      });
    });
  });

  // One's own password has no path of anybody's.
  test.each(withToken.filter((operationId) => operationId !== 'changePassword'))(
    '%s is not for another vendor, before anything in it is looked at',
    async (operationId) => {
      const { server } = contract();
      const headers = await bearerOf(server.config, await createVendor(server.admin));
      const { json: _json, ...input } = await good(operationId);
      const forbidden = { ...input, headers, query: '?colour=red' };
      const answer = await call(operationId, forbidden);
      expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      // Whether it exists is no business of a stranger's.
      const { body } = await call(operationId, { ...forbidden, params: {} });
      expect(body).toEqual(answer.body);
    },
  );

  const limited = endpoints.filter(({ isLimited }) => isLimited).map(nameOf);

  test.each(limited)(
    '%s says when it was called too often, also to who sends nonsense',
    async (operationId) => {
      const input = await good(operationId);
      // Who is counted stands in the input of these two, so theirs has to be one.
      const isCountedByInput = operationId === 'login' || operationId === 'requestPasswordReset';
      const nonsense = isCountedByInput ? {} : { query: '?colour=red' };
      const json = operationId === 'login' ? { ...(input.json as object), password: 'wrong' } : input.json;
      await call(operationId, { ...input, ...nonsense, json });
      await contract().server.admin.query('update private.rate_limits set points = 1000000');
      const answer = await call(operationId, { ...input, ...nonsense });
      await contract().server.admin.query('delete from private.rate_limits');
      expect(answer).toMatchObject({
        status: 429,
        body: { code: 'RATE_LIMIT_EXCEEDED', retryAfter: expect.any(Number) },
      });
      expect(answer.headers.get('retry-after')).toBe(String(answer.body.retryAfter));
      expect(answer.headers.get('ratelimit-reset')).toBe(String(answer.body.retryAfter));
      expect(answer.headers.get('ratelimit-remaining')).toBe('0');
      expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
      expect(Number(answer.headers.get('ratelimit-limit'))).toBeGreaterThan(0);
    },
  );
}

/** The last test of a heading: what the document lists under it was met by the tests before. */
export function testThatNothingIsLeftOut(tag: Endpoint['tag'], contract: () => RestContract): void {
  test('nothing that the document lists was left out', () => {
    expect(contract().unseen(ENDPOINTS.filter((endpoint) => endpoint.tag === tag))).toEqual([]);
  });
}
