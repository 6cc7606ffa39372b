import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePorts } from '@tierline/postgres';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdmin, createRequest, createVendor, type TestAdmin } from '../testing/people.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { startTestHasura, type TestHasura } from '../testing/test-hasura.ts';
import { createSigningKey, loginAsActionsRole, TEST_SECRET } from '../testing/test-server.ts';
import { startTestSmtp, type TestSmtp } from '../testing/test-smtp.ts';

const ROUNDS = process.env.TIERLINE_LONG === undefined ? 3 : 50;
const VENDORS_PER_ROUND = 6;

let smtp: TestSmtp;
let database: TestDatabase;
let hasura: TestHasura;
let server: ChildProcess;
let admin: TestAdmin;
let url: string;
let env: Record<string, string>;

beforeAll(async () => {
  smtp = await startTestSmtp();
  database = await createTestDatabase({ migrated: false });
  const [port] = (await findFreePorts(1)) as [number];
  url = `http://127.0.0.1:${port}`;
  env = {
    PATH: process.env.PATH ?? '',
    ACTIONS_PORT: String(port),
    ACTIONS_DATABASE_URL: await loginAsActionsRole(database),
    ACTION_SECRET: TEST_SECRET,
    JWT_SIGNING_KEYS: JSON.stringify([await createSigningKey()]),
    RATE_LIMIT_ADMIN: '0',
    SMTP_URL: smtp.url,
    LOG_LEVEL: 'error',
  };
  server = await startServerProcess(env);
  hasura = await startTestHasura({ url, admin: database });
  admin = await createAdmin(database);
});

afterAll(async () => {
  server?.kill('SIGKILL');
  await hasura?.stop();
  await smtp?.goAway();
});

/** Decides a request; what happens to the call is of no interest, the database knows. */
async function decide(requestId: string, name: 'approve' | 'reject'): Promise<void> {
  const input =
    name === 'approve' ? { requestId } : { requestId, rejectionReason: 'Not before next quarter.' };
  await fetch(`${url}/hasura/actions/${name}TierUpgradeRequest`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Action-Secret': TEST_SECRET },
    body: JSON.stringify({ input, session_variables: admin.session }),
  }).catch(() => undefined);
}

/** Lets pass what time has to pass, until every event is delivered and every mail is out. */
async function settled(): Promise<void> {
  for (;;) {
    await database.query(
      'update hdb_catalog.event_log set next_retry_at = null where not delivered and not error',
    );
    // The sender that held these is dead; the one that lives renews its leases.
    await database.query(
      `update private.email_orders set leased_until = null
       where leased_until < now() + interval '4 seconds'`,
    );
    await database.query(
      `update private.email_orders o set next_attempt_at = now() from email_deliveries d
       where d.id = o.delivery_id and d.status = 'failed' and o.leased_until is null`,
    );
    const { rows } = await database.query<{ waiting: number }>(
      `select ((select count(*) from hdb_catalog.event_log where not delivered)
         + (select count(*) from private.email_orders where next_attempt_at is not null))::int as waiting`,
    );
    if (rows[0]!.waiting === 0) return;
    await sleep(100);
  }
}

test(`after ${ROUNDS} kills with mails under way every decision has its notifications, and every mail was sent`, {
  timeout: 60_000 + ROUNDS * 20_000,
}, async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = smtp.mails.length;
    const requests = await Promise.all(
      Array.from({ length: VENDORS_PER_ROUND }, async () =>
        createRequest(database, await createVendor(database)),
      ),
    );
    const decisions = requests.map((id, index) => decide(id, index % 2 === 0 ? 'approve' : 'reject'));
    // Now after one mail, now after more, but never after more than a round brings.
    await smtp.waitFor(() => true, before + 1 + (round % VENDORS_PER_ROUND));
    server.kill('SIGKILL');
    await once(server, 'exit');
    server = await startServerProcess(env);
    await Promise.all(decisions);
  }
  await settled();

  const { rows: untold } = await database.query(
    `select e.kind, e.request_id, u.email
     from tier_upgrade_request_events e
     join users u on case e.kind when 'submitted' then u.role = 'admin' else u.vendor_id = e.vendor_id end
     where not exists (select from notifications n
         where n.user_id = u.id and n.request_id = e.request_id and n.kind = 'tier_upgrade_request_' || e.kind)
       or not exists (select from email_deliveries d join private.email_orders o on o.delivery_id = d.id
         where o.user_id = u.id and o.event_id = e.id and d.template = e.kind and d.status = 'sent')`,
  );
  expect(untold).toEqual([]);
  const { rows: deliveries } = await database.query<{ id: string; messageId: string }>(
    'select id, message_id as "messageId" from email_deliveries',
  );
  expect(deliveries.length).toBeGreaterThanOrEqual(ROUNDS * VENDORS_PER_ROUND);
  const copies = Map.groupBy(smtp.mails, ({ email }) => email.messageId);
  expect(new Set(copies.keys())).toEqual(new Set(deliveries.map(({ messageId }) => messageId)));
  // Twice only where the process died between the server's yes and the note of it: at most those under way at a kill.
  expect(smtp.mails.length - deliveries.length).toBeLessThanOrEqual(ROUNDS * 4);
  const { rows: twice } = await database.query(
    `select user_id, request_id, kind from notifications group by 1, 2, 3 having count(*) > 1`,
  );
  expect(twice).toEqual([]);
});
