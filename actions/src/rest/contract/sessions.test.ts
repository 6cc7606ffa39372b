/** Sessions and passwords over REST, each answer held against the OpenAPI document. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearerOf, createVendor, PASSWORD } from '../../testing/people.ts';
import type { TestServer } from '../../testing/test-server.ts';
import { testEveryOperation, testThatNothingIsLeftOut } from './every-operation.ts';
import { goodCall, NEW_PASSWORD } from './good-calls.ts';
import { type Call, type Headers, RestContract } from './rest-contract.ts';

const FOREIGN_PAGE = { Origin: 'https://evil.example' };

let contract: RestContract;
let server: TestServer;

beforeAll(async () => {
  contract = await RestContract.start();
  server = contract.server;
});

afterAll(() => server?.stop());

const call = (operationId: string, input: Call) => contract.call(operationId, input);
const good = (operationId: string) => goodCall(server, operationId);

testEveryOperation('Sessions', () => contract);

describe('sessions', () => {
  test('wrong or used tokens and passwords are UNAUTHORIZED', async () => {
    const vendor = await createVendor(server.admin);
    const [login, used] = [await good('login'), await good('refreshSession')];
    await call('refreshSession', used);
    const wrong: [string, Call][] = [
      ['login', { json: { ...(login.json as object), password: 'wrong' } }],
      ['login', { json: { email: `${randomUUID()}@example.com`, password: PASSWORD } }],
      ['refreshSession', used],
      ['logout', { json: { refreshToken: 'made up', everywhere: true } }],
      ['resetPassword', { json: { token: 'made up', newPassword: NEW_PASSWORD } }],
      [
        'changePassword',
        {
          headers: await bearerOf(server.config, vendor),
          json: { currentPassword: 'wrong', newPassword: NEW_PASSWORD },
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
      const { json } = await good('login');
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

test('a change of password with an app is not for somebody else’s page', async () => {
  const { json, headers } = await good('changePassword');
  const answer = await call('changePassword', {
    json: { ...(json as object), app: 'admin' },
    headers: { ...headers, ...FOREIGN_PAGE },
  });
  expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual([]);
});

testThatNothingIsLeftOut('Sessions', () => contract);
