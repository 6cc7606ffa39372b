import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS, JUSTIFICATION, sessionOf } from './testing/people.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ seeded: true });
});

afterAll(() => server?.stop());

test('the demo accounts walk from submit to approve', async () => {
  const login = async (email: string) => {
    const { body } = await server.act('login', { email, password: 'tierline-demo' }, ANONYMOUS);
    return sessionOf(body.role, body.user.id);
  };
  const vendor = await login('vendor1@example.com');
  const admin = await login('admin1@example.com');
  const submitted = await server.act(
    'submitTierUpgradeRequest',
    { targetTier: 2, businessJustification: JUSTIFICATION },
    vendor,
  );
  const { requestId } = submitted.body;
  expect(await server.act('approveTierUpgradeRequest', { requestId }, admin)).toMatchObject({ status: 200 });
  const { rows } = await server.admin.query(
    'select v.tier, r.status from vendors v join tier_upgrade_requests r on r.vendor_id = v.id where r.id = $1',
    [requestId],
  );
  expect(rows).toEqual([{ tier: 2, status: 'approved' }]);
});
