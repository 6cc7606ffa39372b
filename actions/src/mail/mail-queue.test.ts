import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ANONYMOUS,
  createAdmin,
  createRequest,
  createVendor,
  openFeature,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { startTestServer, TEST_SECRET, type TestServer } from '../testing/test-server.ts';
import { mailTo, startTestSmtp, type TestSmtp } from '../testing/test-smtp.ts';
import { nextDelay } from './attempts.ts';
import { endAttempt } from './delivery-store.ts';

let smtp: TestSmtp;
let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  smtp = await startTestSmtp();
  server = await startTestServer({
    env: {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Tierline <no-reply@mail.example>',
      PORTAL_URL: 'https://portal.example',
      ADMIN_URL: 'https://review.example',
      RATE_LIMIT_ADMIN: '0',
    },
  });
  await openFeature(server.admin);
  admin = await createAdmin(server.admin);
});

afterAll(async () => {
  await server?.stop();
  await smtp?.goAway();
});

beforeEach(() => {
  smtp.refuse(null);
  smtp.onMail = () => undefined;
});

async function rows(sql: string, values: unknown[] = []) {
  return (await server.admin.query(sql, values)).rows;
}

/** The events of a request, in order, as the event trigger sends them. */
async function deliverEvents(requestId: string): Promise<void> {
  for (const { id, kind } of await rows(
    'select id::text, kind from tier_upgrade_request_events where request_id = $1 order by id',
    [requestId],
  )) {
    expect((await deliverEvent(id, kind)).status).toBe(200);
  }
}

function deliverEvent(id: string, kind: string) {
  return server.send('/hasura/events/tier_upgrade_event_written', {
    method: 'POST',
    headers: { 'X-Action-Secret': TEST_SECRET },
    json: {
      id: 'b3e0a7f2-0000-4000-8000-000000000000',
      created_at: '2026-11-21T08:00:00Z',
      trigger: { name: 'tier_upgrade_event_written' },
      table: { schema: 'public', name: 'tier_upgrade_request_events' },
      event: { session_variables: null, op: 'INSERT', data: { old: null, new: { id, kind } } },
      delivery_info: { current_retry: 0, max_retries: 8640 },
    },
  });
}

/** A rejected request of a new vendor, whose user has been told by the time this answers. */
async function rejected(reason = 'Please add proof of the second location.') {
  const vendor = await createVendor(server.admin);
  const requestId = await createRequest(server.admin, vendor);
  await server.act('rejectTierUpgradeRequest', { requestId, rejectionReason: reason }, admin.session);
  await deliverEvents(requestId);
  await server.mailQueue.drained();
  return { vendor, requestId };
}

async function deliveryTo({ email }: TestVendor) {
  const found = await rows(
    `select id, status, attempts, last_error, message_id, sent_at, template from email_deliveries
     where recipient = $1 and template <> 'password_reset'`,
    [email],
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

/** Lets the time pass that a mail waits for its next attempt. */
async function passTime(): Promise<void> {
  await server.admin.query(
    `update private.email_orders set next_attempt_at = now() - interval '1 second',
       leased_until = now() - interval '1 second' where next_attempt_at is not null`,
  );
  await server.mailQueue.drained();
}

describe('a mail', () => {
  test('is sent, and its delivery says so', async () => {
    const { vendor } = await rejected();
    const delivery = await deliveryTo(vendor);
    expect(delivery).toMatchObject({ status: 'sent', attempts: 1, last_error: null, template: 'rejected' });
    expect(delivery.sent_at).toBeInstanceOf(Date);
    const [mail] = smtp.mails.filter(mailTo(vendor.email));
    expect(mail!.email.messageId).toBe(delivery.message_id);
    expect(delivery.message_id).toBe(`<${delivery.id}@mail.example>`);
    expect(mail!.email.from).toMatchObject({ name: 'Tierline', address: 'no-reply@mail.example' });
    expect(mail!.email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  test('goes out once however often its event is delivered, also at the same moment', async () => {
    const { vendor, requestId } = await rejected();
    await Promise.all(Array.from({ length: 8 }, () => deliverEvents(requestId)));
    await server.mailQueue.drained();
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
    expect(await rows('select kind from notifications where user_id = $1', [vendor.userId])).toHaveLength(1);
    expect(
      await rows(`select name from analytics_events where properties->>'vendorId' = $1 order by name`, [
        vendor.vendorId,
      ]),
    ).toEqual([{ name: 'tier_upgrade_request_rejected' }, { name: 'tier_upgrade_request_submitted' }]);
  });

  test('to nobody who was disabled meanwhile', async () => {
    await smtp.goAway();
    const { vendor } = await rejected();
    await server.admin.query('update users set disabled_at = now() where id = $1', [vendor.userId]);
    await smtp.comeBack();
    await passTime();
    expect(smtp.mails.filter(mailTo(vendor.email))).toEqual([]);
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'dead', last_error: expect.any(String) });
  });
});

describe('while the mail server is away', () => {
  test('a decision stands, everybody is told in the app, and the mail goes out when it is back', async () => {
    await smtp.goAway();
    const { vendor, requestId } = await rejected();
    expect(await rows('select status from tier_upgrade_requests where id = $1', [requestId])).toEqual([
      { status: 'rejected' },
    ]);
    expect(await rows('select kind from notifications where user_id = $1', [vendor.userId])).toEqual([
      { kind: 'tier_upgrade_request_rejected' },
    ]);
    const failed = await deliveryTo(vendor);
    expect(failed).toMatchObject({ status: 'failed', attempts: 1, sent_at: null });
    expect(failed.last_error).toMatch(/^The mail server could not be reached/);
    expect((await server.send('/healthz')).status).toBe(200);

    await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 2 });
    await smtp.comeBack();
    await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({
      status: 'sent',
      attempts: 3,
      last_error: null,
      message_id: failed.message_id,
    });
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
  });

  test('a mail that waits is not tried before its time', async () => {
    await smtp.goAway();
    const { vendor } = await rejected();
    await smtp.comeBack();
    await server.mailQueue.drained();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 1 });
    await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'sent' });
  });
});

describe('a mail server that refuses', () => {
  test('is asked five times when it means it; then the mail is dead until somebody sends it again', async () => {
    smtp.refuse(550);
    const { vendor } = await rejected();
    for (let attempts = 1; attempts < 5; attempts += 1) {
      expect(await deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts });
      await passTime();
    }
    const dead = await deliveryTo(vendor);
    // What the server said may quote the mail: only its number is kept.
    expect(dead).toMatchObject({
      status: 'dead',
      attempts: 5,
      last_error: 'The mail server refused the mail (550).',
    });
    smtp.refuse(null);
    await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'dead', attempts: 5 });

    const retry = await server.act('retryEmailDelivery', { deliveryId: dead.id }, admin.session);
    expect(retry.status).toBe(200);
    await smtp.waitFor(mailTo(vendor.email));
    await server.mailQueue.drained();
    expect(await deliveryTo(vendor)).toMatchObject({
      status: 'sent',
      attempts: 1,
      message_id: dead.message_id,
    });
  });

  test('for now is asked again for a day', async () => {
    smtp.refuse(451);
    const { vendor } = await rejected();
    for (let round = 0; round < 6; round += 1) await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 7 });
    smtp.refuse(null);
    await passTime();
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'sent', attempts: 8 });
  });

  test('is asked less and less often', () => {
    const delays = Array.from({ length: 99 }, (_, index) => nextDelay(index + 1, false, () => 0)!);
    expect(delays.slice(0, 8)).toEqual([10, 20, 40, 80, 160, 320, 640, 900]);
    const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3600;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(30);
    expect(nextDelay(100, false)).toBeNull();
    expect(nextDelay(5, true)).toBeNull();
    expect(nextDelay(1, false, () => 1)).toBe(12);
  });
});

describe('two senders', () => {
  test('never send the same mail, nor does one that is asked to while it is under way', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const vendor = await createVendor(server.admin);
    smtp.onMail = (mail) => (mail.to.includes(vendor.email) ? held : undefined);
    const requestId = await createRequest(server.admin, vendor);
    await server.act('approveTierUpgradeRequest', { requestId }, admin.session);
    await deliverEvents(requestId);
    await smtp.waitFor(mailTo(vendor.email));
    const { id } = await deliveryTo(vendor);
    // As another replica would, and as an administrator who is impatient.
    await server.admin.query(`update email_deliveries set status = 'failed' where id = $1`, [id]);
    await server.act('retryEmailDelivery', { deliveryId: id }, admin.session);
    expect(
      await rows(
        `select from private.email_orders where delivery_id = $1 and leased_until > now() and next_attempt_at <= now()`,
        [id],
      ),
    ).toHaveLength(1);
    release();
    await server.mailQueue.drained();
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'sent' });
  });

  test('of which one died between the yes of the server and its note send it twice, under one Message-ID', async () => {
    const { vendor } = await rejected();
    const { id } = await deliveryTo(vendor);
    // What a process leaves behind that dies right there: the attempt counted, the lease running, nothing noted.
    await server.admin.query(`update email_deliveries set status = 'queued', sent_at = null where id = $1`, [
      id,
    ]);
    await server.admin.query(
      `update private.email_orders set next_attempt_at = now(), leased_until = now() + interval '15 seconds'
       where delivery_id = $1`,
      [id],
    );
    await server.mailQueue.drained();
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
    await passTime();
    const copies = smtp.mails.filter(mailTo(vendor.email));
    expect(copies.map(({ email }) => email.messageId)).toEqual([
      copies[0]!.email.messageId,
      copies[0]!.email.messageId,
    ]);
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  test('a late failure never takes a yes back', async () => {
    const { vendor } = await rejected();
    const { id } = await deliveryTo(vendor);
    await endAttempt(server.database, id, { status: 'dead', error: 'too late' });
    expect(await deliveryTo(vendor)).toMatchObject({ status: 'sent', last_error: null });
  });
});

describe('names and texts of hostile people', () => {
  const EVIL_NAME = 'Evil <b>Inc</b>"\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202e';

  test('stay text in every part of a mail and add no header', async () => {
    const vendor = await createVendor(server.admin);
    await server.admin.query('update vendors set name = $2 where id = $1', [vendor.vendorId, EVIL_NAME]);
    const requestId = await createRequest(server.admin, vendor);
    const reason = 'No.\r\n.\r\nQUIT\r\n</blockquote><img src="https://evil.example/x"> {{secret}} & so on';
    await server.act('rejectTierUpgradeRequest', { requestId, rejectionReason: reason }, admin.session);
    await deliverEvents(requestId);
    await server.mailQueue.drained();

    const toVendor = smtp.mails.filter(mailTo(vendor.email));
    const toAdmin = smtp.mails.filter(({ raw, to }) => to.includes(admin.email) && raw.includes(requestId));
    expect([toVendor.length, toAdmin.length]).toEqual([1, 1]);
    for (const { email, to, raw } of [...toVendor, ...toAdmin]) {
      expect(to).toHaveLength(1);
      expect(email.bcc).toBeUndefined();
      expect(email.headers.map(({ key }) => key)).not.toContain('bcc');
      expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc/im);
      expect(email.subject).not.toMatch(/[\r\n\u202e]/);
      expect(email.html).not.toMatch(/<script|<img|<b>|<\/blockquote><img/);
    }
    expect(toAdmin[0]!.email.subject).toContain('Evil <b>Inc</b>');
    expect(toAdmin[0]!.email.html).toContain('Evil &lt;b&gt;Inc&lt;/b&gt;&quot;');
    expect(toVendor[0]!.email.text).toContain('> QUIT');
    expect(toVendor[0]!.email.html).toContain(
      '&lt;img src=&quot;https://evil.example/x&quot;&gt; {{secret}} &amp; so on',
    );
  });

  test('load nothing and lead nowhere but to our own apps', async () => {
    for (const { email } of smtp.mails) {
      const links = [...email.html!.matchAll(/<[^>]*\s(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
      expect(email.html).not.toMatch(/<[^>]*\bstyle="[^"]*url\(|@import/);
      expect(links).not.toEqual([]);
      for (const link of links) expect(link).toMatch(/^https:\/\/(portal|review)\.example\//);
    }
  });
});

describe('a forgotten password', () => {
  test('is answered by a mail whose link works once', async () => {
    const vendor = await createVendor(server.admin);
    await server.act('requestPasswordReset', { email: vendor.email }, ANONYMOUS);
    const [mail] = await smtp.waitFor(mailTo(vendor.email));
    const [link] = /https:\/\/portal\.example\/portal\/reset-password#token=[\w-]+/.exec(mail!.email.text!)!;
    expect(mail!.email.html).toContain(`href="${link}"`);
    const token = link.split('token=')[1]!;
    const input = { token, newPassword: 'a password of the new kind' };
    expect((await server.act('resetPassword', input, ANONYMOUS)).status).toBe(200);
    expect((await server.act('resetPassword', input, ANONYMOUS)).status).toBe(401);
  });

  test('of an administrator leads to the console, and the header Host changes nothing', async () => {
    const other = await createAdmin(server.admin);
    await server.send('/api/auth/password/forgot', {
      method: 'POST',
      headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
      json: { email: other.email },
    });
    const [mail] = await smtp.waitFor(mailTo(other.email));
    expect(mail!.email.text).toMatch(/https:\/\/review\.example\/admin\/reset-password#token=/);
    expect(mail!.raw).not.toContain('evil.example');
  });
});

describe('the event route', () => {
  const body = (change: object) => ({
    trigger: { name: 'tier_upgrade_event_written' },
    event: { op: 'INSERT', data: { old: null, new: { id: 1, kind: 'submitted' } } },
    ...change,
  });
  const send = (json: unknown, headers: Record<string, string> = { 'X-Action-Secret': TEST_SECRET }) =>
    server.send('/hasura/events/tier_upgrade_event_written', { method: 'POST', headers, json });

  test.each([
    ['another trigger', body({ trigger: { name: 'another' } })],
    ['another operation', body({ event: { op: 'DELETE', data: { new: null } } })],
    ['no row', body({ event: { op: 'INSERT', data: {} } })],
    [
      'an id that is none',
      body({ event: { op: 'INSERT', data: { new: { id: '1 or 1', kind: 'submitted' } } } }),
    ],
    ['a list', []],
  ])('refuses %s', async (_name, json) => {
    expect((await send(json)).status).toBe(400);
  });

  test('and whoever lacks the secret, as the cron route does', async () => {
    expect((await send(body({}), {})).status).toBe(401);
    const cron = { method: 'POST', json: {} };
    expect((await server.send('/hasura/cron/delete_expired', cron)).status).toBe(401);
    const headers = { 'X-Action-Secret': TEST_SECRET };
    expect((await server.send('/hasura/cron/delete_expired', { ...cron, headers })).status).toBe(200);
  });

  test('takes what is gone, or is nobody’s business, as told', async () => {
    expect((await deliverEvent('9007199254740993', 'approved')).status).toBe(200);
    expect((await deliverEvent('1', 'flag_changed')).status).toBe(200);
  });
});

test('a mail whose reader was deleted is given up', async () => {
  await smtp.goAway();
  const { vendor } = await rejected();
  const { id } = await deliveryTo(vendor);
  await server.admin.query('delete from users where id = $1', [vendor.userId]);
  await smtp.comeBack();
  await passTime();
  await server.send('/hasura/cron/delete_expired', {
    method: 'POST',
    headers: { 'X-Action-Secret': TEST_SECRET },
    json: {},
  });
  expect(await rows('select status from email_deliveries where id = $1', [id])).toEqual([{ status: 'dead' }]);
});
