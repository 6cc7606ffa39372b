import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS, createAdmin, createVendor, PASSWORD, type TestVendor } from '../testing/people.ts';
import { type Answer, startTestServer, type TestServer } from '../testing/test-server.ts';
import { issueAccessToken } from './access-token.ts';
import { announceActor } from './actor.ts';
import { createResetLink } from './reset-tokens.ts';

const NEW_PASSWORD = 'a new horse, a new battery';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server?.stop());

/** A sign-in as the engine and REST see it: session variables, a header, and the token to end it with. */
interface SignIn {
  readonly session: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly refreshToken: string;
}

async function signIn(vendor: TestVendor, password = PASSWORD): Promise<SignIn> {
  const { body } = await server.act('login', { email: vendor.email, password }, ANONYMOUS);
  const [, payload = ''] = body.accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return {
    session: { ...vendor.session, 'x-hasura-session-id': claims.sid },
    headers: { Authorization: `Bearer ${body.accessToken}` },
    refreshToken: body.refreshToken,
  };
}

/** What an action and REST say to a sign-in: `INVALID_INPUT` of those that let it through to the input. */
async function codesFor({ session, headers }: SignIn): Promise<unknown[]> {
  const answers: Answer[] = [
    await server.act('cancelTierUpgradeRequest', { requestId: 'none' }, session),
    await server.send('/api/auth/password/change', { method: 'POST', headers, json: {} }),
  ];
  return answers.map(({ body }) => body.extensions?.code ?? body.code);
}

const LET_IN = ['INVALID_INPUT', 'INVALID_INPUT'];
const SHUT_OUT = ['UNAUTHORIZED', 'UNAUTHORIZED'];

const ENDINGS: [string, (vendor: TestVendor, here: SignIn) => Promise<unknown>][] = [
  ['signing out', (_, { refreshToken }) => server.act('logout', { refreshToken }, ANONYMOUS)],
  [
    'signing out everywhere',
    async (vendor) => {
      const { refreshToken } = await signIn(vendor);
      await server.act('logout', { refreshToken, everywhere: true }, ANONYMOUS);
    },
  ],
  [
    'a change of the password',
    async (vendor) => {
      const { session } = await signIn(vendor);
      const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
      expect((await server.act('changePassword', change, session)).status).toBe(200);
    },
  ],
  [
    'a password set by a link',
    async (vendor) => {
      const user = { id: vendor.userId, role: 'vendor' } as const;
      const link = await createResetLink(server.database, server.config, user);
      const token = new URL(link).hash.slice('#token='.length);
      const answer = await server.act('resetPassword', { token, newPassword: NEW_PASSWORD }, ANONYMOUS);
      expect(answer.status).toBe(200);
    },
  ],
  [
    'a refresh token that is used twice',
    async (_, { refreshToken }) => {
      await server.act('refreshSession', { refreshToken }, ANONYMOUS);
      await server.act('refreshSession', { refreshToken }, ANONYMOUS);
    },
  ],
];

test.each(ENDINGS)('%s ends its access tokens too, for actions and for REST', async (_name, end) => {
  const vendor = await createVendor(server.admin);
  const here = await signIn(vendor);
  expect(await codesFor(here)).toEqual(LET_IN);
  await end(vendor, here);
  expect(await codesFor(here)).toEqual(SHUT_OUT);
});

test('signing out here leaves the other sign-ins of the user alone, and a refresh keeps the session', async () => {
  const vendor = await createVendor(server.admin);
  const [here, there] = [await signIn(vendor), await signIn(vendor)];
  await server.act('logout', { refreshToken: here.refreshToken }, ANONYMOUS);
  await server.act('refreshSession', { refreshToken: there.refreshToken }, ANONYMOUS);
  expect(await codesFor(there)).toEqual(LET_IN);
});

test('a session that is another user’s, unknown or no id at all opens nothing', async () => {
  const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
  const cancel = (sessionId: string) =>
    server.act(
      'cancelTierUpgradeRequest',
      { requestId: 'none' },
      { ...vendor.session, 'x-hasura-session-id': sessionId },
    );
  for (const sessionId of [other.sessionId, '00000000-0000-4000-8000-000000000000', 'none', '']) {
    expect(await cancel(sessionId)).toMatchObject({
      status: 401,
      body: { extensions: { code: 'UNAUTHORIZED' } },
    });
  }
  expect((await cancel(vendor.sessionId.toUpperCase())).body.extensions.code).toBe('INVALID_INPUT');
});

test('without a session, as behind the admin secret, actions check the user alone; REST takes no such token', async () => {
  const vendor = await createVendor(server.admin);
  expect(
    (await server.act('cancelTierUpgradeRequest', { requestId: 'none' }, vendor.session)).body.extensions
      .code,
  ).toBe('INVALID_INPUT');
  const { accessToken } = await issueAccessToken(server.config.signingKeys, {
    userId: vendor.userId,
    sessionId: undefined as unknown as string,
    role: 'vendor',
    vendorId: vendor.vendorId,
  });
  const headers = { Authorization: `Bearer ${accessToken}` };
  const answer = await server.send('/api/auth/password/change', { method: 'POST', headers, json: {} });
  expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHORIZED' } });
});

test('the check that a transaction makes for itself asks for the session too', async () => {
  const { userId, sessionId } = await createAdmin(server.admin);
  const act = () =>
    server.database.withTransaction(
      (transaction) => announceActor(transaction, { userId, sessionId, role: 'app_admin' }),
      { isolation: 'read committed' },
    );
  await expect(act()).resolves.toEqual({ userId, role: 'app_admin', vendorId: null });
  await server.admin.query('update private.sessions set revoked_at = now() where id = $1', [sessionId]);
  await expect(act()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});
