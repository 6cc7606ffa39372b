import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bearerOf,
  createAdmin,
  createVendor,
  JUSTIFICATION,
  PASSWORD,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import type { TestHasura } from '../testing/test-hasura.ts';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';
import { TEST_SECRET, type TestServer } from '../testing/test-server.ts';
import { mailTo, startTestSmtp, type TestSmtp } from '../testing/test-smtp.ts';

const REASON = 'Please add proof of the second location.';

let smtp: TestSmtp;
let product: TestProduct;
let server: TestServer;
let hasura: TestHasura;
let admin: TestAdmin;
let secondAdmin: TestAdmin;

beforeAll(async () => {
  smtp = await startTestSmtp();
  product = await startTestProduct({
    SMTP_URL: smtp.url,
    RATE_LIMIT_ADMIN: '0',
    PORTAL_URL: 'https://portal.example',
  });
  ({ server, hasura, admin } = product);
  secondAdmin = await createAdmin(server.admin);
  const disabled = await createAdmin(server.admin);
  await server.admin.query('update users set disabled_at = now() where id = $1', [disabled.userId]);
});

afterAll(async () => {
  await product?.stop();
  await smtp?.goAway();
});

async function rows(sql: string, values: unknown[] = []) {
  return (await server.admin.query(sql, values)).rows;
}

/** Waits until Hasura has delivered every event, and the mails that came of them are out. */
async function settled(): Promise<void> {
  for (;;) {
    const [events] = await rows(
      `select (select count(*) from hdb_catalog.event_log where not delivered)
         + (select count(*) from private.email_orders where next_attempt_at is not null) as waiting`,
    );
    if (Number(events!.waiting) === 0) return;
    await sleep(20);
  }
}

async function mutate(person: TestAdmin | TestVendor, mutation: string) {
  const answer = await product.as(person, `mutation { answer: ${mutation} }`);
  expect(answer.message).toBeUndefined();
  return answer.data.answer;
}

async function submitted(vendor: TestVendor, targetTier = 2): Promise<string> {
  const mutation = `submitTierUpgradeRequest(targetTier: ${targetTier}, businessJustification: "${JUSTIFICATION}") { requestId }`;
  return (await mutate(vendor, mutation)).requestId;
}

const told = async (userId: string, requestId: string | null) =>
  rows(
    `select kind, title, body from notifications
     where user_id = $1 and request_id is not distinct from $2 order by created_at`,
    [userId, requestId],
  );

const mailsAbout = (vendorName: string) =>
  smtp.mails
    .filter(({ email }) => email.text!.includes(vendorName))
    .flatMap(({ to, email }) => to.map((address) => `${address}: ${email.subject}`))
    .sort();

async function nameOf({ vendorId }: TestVendor): Promise<string> {
  return (await rows('select name from vendors where id = $1', [vendorId]))[0]!.name;
}

const analytics = async ({ vendorId }: TestVendor) =>
  rows(`select name, properties from analytics_events where properties->>'vendorId' = $1 order by at, name`, [
    vendorId,
  ]);

describe('who is told, once the transaction is through', () => {
  test('of a submission: every enabled administrator, in the app and by mail', async () => {
    const vendor = await createVendor(server.admin);
    const name = await nameOf(vendor);
    const requestId = await submitted(vendor);
    await settled();
    for (const { userId } of [admin, secondAdmin]) {
      expect(await told(userId, requestId)).toEqual([
        {
          kind: 'tier_upgrade_request_submitted',
          title: 'New tier upgrade request',
          body: `${name} asks for the Plus tier.`,
        },
      ]);
    }
    expect(await rows('select from notifications where request_id = $1', [requestId])).toHaveLength(2);
    expect(mailsAbout(name)).toEqual(
      [admin, secondAdmin].map(({ email }) => `${email}: ${name} asks for the Plus tier`).sort(),
    );
    const [mail] = smtp.mails.filter(({ raw }) => raw.includes(name));
    expect(mail!.email.text).toContain(`> ${JUSTIFICATION}`);
    expect(mail!.email.text).toContain(`/admin/tier_upgrade_requests/${requestId}/show`);
    expect(await analytics(vendor)).toEqual([
      {
        name: 'tier_upgrade_request_submitted',
        properties: { vendorId: vendor.vendorId, currentTier: 1, targetTier: 2 },
      },
    ]);
  });

  test('of an approval: the users of the vendor, in the app and by mail', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await submitted(vendor);
    await mutate(
      admin,
      `approveTierUpgradeRequest(requestId: "${requestId}", adminNotes: "between us") { success }`,
    );
    await settled();
    expect(await told(vendor.userId, requestId)).toEqual([
      {
        kind: 'tier_upgrade_request_approved',
        title: 'Your tier upgrade was approved',
        body: 'You are now at the Plus tier.',
      },
    ]);
    const mails = smtp.mails.filter(mailTo(vendor.email));
    expect(mails.map(({ email }) => email.subject)).toEqual(['Your upgrade to the Plus tier was approved']);
    expect(mails[0]!.raw).not.toContain('between us');
    expect(mails[0]!.email.text).toContain('https://portal.example/portal/dashboard?answer=');
    expect((await analytics(vendor))[1]).toEqual({
      name: 'tier_upgrade_request_approved',
      properties: {
        vendorId: vendor.vendorId,
        currentTier: 1,
        targetTier: 2,
        reviewSeconds: expect.any(Number),
      },
    });
  });

  test('of a rejection: the users of the vendor, with the reason', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await submitted(vendor);
    await mutate(
      admin,
      `bulkRejectTierUpgradeRequests(requestIds: ["${requestId}"], rejectionReason: "${REASON}") { success }`,
    );
    await settled();
    expect(await told(vendor.userId, requestId)).toMatchObject([
      { kind: 'tier_upgrade_request_rejected', body: REASON },
    ]);
    const [mail] = smtp.mails.filter(mailTo(vendor.email));
    expect(mail!.email.text).toContain(`Reason:\n> ${REASON}`);
  });

  test('of a cancellation: administrators in the app, nobody by mail', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await submitted(vendor);
    await mutate(vendor, `cancelTierUpgradeRequest(requestId: "${requestId}") { success }`);
    await settled();
    expect((await told(admin.userId, requestId)).map(({ kind }) => kind)).toEqual([
      'tier_upgrade_request_submitted',
      'tier_upgrade_request_cancelled',
    ]);
    expect(await told(vendor.userId, requestId)).toEqual([]);
    expect(smtp.mails.filter(mailTo(vendor.email))).toEqual([]);
    expect(mailsAbout(await nameOf(vendor))).toHaveLength(2);
    expect((await analytics(vendor))[1]?.name).toBe('tier_upgrade_request_cancelled');
  });

  test('of a tier that was set directly: the users of the vendor in the app, also of the request that it cancelled', async () => {
    const vendor = await createVendor(server.admin);
    const requestId = await submitted(vendor);
    await mutate(
      admin,
      `updateVendorTier(vendorId: "${vendor.vendorId}", tier: 3, reason: "A gift for ten years") { success }`,
    );
    await settled();
    expect(await told(vendor.userId, requestId)).toMatchObject([
      {
        kind: 'tier_upgrade_request_cancelled',
        body: 'The tier was set to 3, so this request is no longer needed.',
      },
    ]);
    expect(await told(vendor.userId, null)).toEqual([
      {
        kind: 'tier_changed',
        title: 'Your tier was changed',
        body: 'You are now at the Pro tier. Reason: A gift for ten years',
      },
    ]);
    expect((await told(admin.userId, requestId)).map(({ kind }) => kind)).toContain(
      'tier_upgrade_request_cancelled',
    );
    expect(smtp.mails.filter(mailTo(vendor.email))).toEqual([]);
  });

  test('in the app they see it at once, each their own', async () => {
    const [vendor, other] = [await createVendor(server.admin), await createVendor(server.admin)];
    const requestId = await submitted(vendor);
    await mutate(
      admin,
      `rejectTierUpgradeRequest(requestId: "${requestId}", rejectionReason: "${REASON}") { success }`,
    );
    await settled();
    const query = '{ notifications { body } }';
    expect((await hasura.ask(query, await bearerOf(server.config, vendor))).data.notifications).toEqual([
      { body: REASON },
    ]);
    expect((await hasura.ask(query, await bearerOf(server.config, other))).data.notifications).toEqual([]);
  });
});

test('passwords, tokens and links are nowhere, and a justification only where it belongs, after all of it', async () => {
  const vendor = await createVendor(server.admin);
  const marks = {
    password: 'marked-password-7f3a91c2',
    justification: 'marked-justification-5d20e8b7',
  };
  const send = (path: string, json: object) => server.send(path, { method: 'POST', json });
  await send('/api/auth/password/forgot', { email: vendor.email });
  const [mail] = await smtp.waitFor(mailTo(vendor.email));
  const [link, token] = /https:\/\/portal\.example\/portal\/reset-password#token=([\w-]+)/.exec(
    mail!.email.text!,
  )!;
  const newPassword = marks.password;
  expect((await send('/api/auth/password/reset', { token, newPassword })).status).toBe(200);
  expect((await send('/api/auth/login', { email: vendor.email, password: PASSWORD })).status).toBe(401);
  const session = (await send('/api/auth/login', { email: vendor.email, password: newPassword })).body;
  const submitted = await hasura.ask(
    `mutation { answer: submitTierUpgradeRequest(targetTier: 2,
       businessJustification: "${JUSTIFICATION} ${marks.justification}") { requestId } }`,
    { Authorization: `Bearer ${session.accessToken}` },
  );
  expect(submitted.message).toBeUndefined();
  const { requestId } = submitted.data.answer;
  await mutate(
    admin,
    `rejectTierUpgradeRequest(requestId: "${requestId}", rejectionReason: "${REASON}") { success }`,
  );
  await settled();
  await server.send('/hasura/cron/delete_expired', {
    method: 'POST',
    headers: { 'X-Action-Secret': TEST_SECRET },
    json: {},
  });

  const found = async (text: string) => {
    const tables = await rows(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('public', 'private', 'hdb_catalog')`,
    );
    const places: string[] = [];
    for (const { name } of tables) {
      const [matches] = await rows(`select count(*)::int from ${name} as t where strpos(t::text, $1) > 0`, [
        text,
      ]);
      if (matches!.count > 0) places.push(name);
    }
    if (server.logs().includes(text)) places.push('the log');
    return places.sort();
  };
  for (const secret of [marks.password, token!, link, session.accessToken, session.refreshToken]) {
    expect(secret.length).toBeGreaterThan(20);
    expect(await found(secret)).toEqual([]);
  }
  expect(await found(marks.justification)).toEqual(['public.tier_upgrade_requests']);
  // That such a search finds what is there:
  expect(await found(REASON)).toContain('public.notifications');
});
