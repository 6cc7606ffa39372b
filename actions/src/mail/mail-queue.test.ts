import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MailRoom } from '../testing/mail-room.ts';
import { createRequest, createVendor, type TestAdmin, type TestVendor } from '../testing/people.ts';
import type { TestServer } from '../testing/test-server.ts';
import { mailTo, type TestSmtp } from '../testing/test-smtp.ts';
import { nextDelay } from './attempts.ts';
import { endAttempt } from './delivery-store.ts';

let room: MailRoom;
let smtp: TestSmtp;
let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  room = await MailRoom.open();
  ({ smtp, server, admin } = room);
});

afterAll(() => room?.close());

beforeEach(() => {
  smtp.refuse(null);
  smtp.onMail = () => undefined;
});

describe('a mail', () => {
  test('is sent, and its delivery says so', async () => {
    const { vendor } = await room.rejected();
    const delivery = await room.deliveryTo(vendor);
    expect(delivery).toMatchObject({ status: 'sent', attempts: 1, last_error: null, template: 'rejected' });
    expect(delivery.sent_at).toBeInstanceOf(Date);
    const [mail] = smtp.mails.filter(mailTo(vendor.email));
    expect(mail!.email.messageId).toBe(delivery.message_id);
    expect(delivery.message_id).toBe(`<${delivery.id}@mail.example>`);
    expect(mail!.email.from).toMatchObject({ name: 'Tierline', address: 'no-reply@mail.example' });
    expect(mail!.email.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  test('goes out once however often its event is delivered, also at the same moment', async () => {
    const { vendor, requestId } = await room.rejected();
    await Promise.all(Array.from({ length: 8 }, () => room.deliverEvents(requestId)));
    await server.mailQueue.drained();
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
    expect(
      await room.rows('select kind from notifications where user_id = $1', [vendor.userId]),
    ).toHaveLength(1);
    expect(
      await room.rows(`select name from analytics_events where properties->>'vendorId' = $1 order by name`, [
        vendor.vendorId,
      ]),
    ).toEqual([{ name: 'tier_upgrade_request_rejected' }, { name: 'tier_upgrade_request_submitted' }]);
  });

  test('to nobody who was disabled meanwhile', async () => {
    await smtp.goAway();
    const { vendor } = await room.rejected();
    await server.admin.query('update users set disabled_at = now() where id = $1', [vendor.userId]);
    await smtp.comeBack();
    await room.passTime();
    expect(smtp.mails.filter(mailTo(vendor.email))).toEqual([]);
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'dead', last_error: expect.any(String) });
  });
});

describe('while the mail server is away', () => {
  test('a decision stands, everybody is told in the app, and the mail goes out when it is back', async () => {
    await smtp.goAway();
    const { vendor, requestId } = await room.rejected();
    expect(await room.rows('select status from tier_upgrade_requests where id = $1', [requestId])).toEqual([
      { status: 'rejected' },
    ]);
    expect(await room.rows('select kind from notifications where user_id = $1', [vendor.userId])).toEqual([
      { kind: 'tier_upgrade_request_rejected' },
    ]);
    const failed = await room.deliveryTo(vendor);
    expect(failed).toMatchObject({ status: 'failed', attempts: 1, sent_at: null });
    expect(failed.last_error).toMatch(/^The mail server could not be reached/);
    expect((await server.send('/healthz')).status).toBe(200);

    await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 2 });
    await smtp.comeBack();
    await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({
      status: 'sent',
      attempts: 3,
      last_error: null,
      message_id: failed.message_id,
    });
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
  });

  test('a mail that waits is not tried before its time', async () => {
    await smtp.goAway();
    const { vendor } = await room.rejected();
    await smtp.comeBack();
    await server.mailQueue.drained();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 1 });
    await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent' });
  });
});

describe('a mail server that refuses', () => {
  test('is asked five times when it means it; then the mail is dead until somebody sends it again', async () => {
    smtp.refuse(550);
    const { vendor } = await room.rejected();
    for (let attempts = 1; attempts < 5; attempts += 1) {
      expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts });
      await room.passTime();
    }
    const dead = await room.deliveryTo(vendor);
    // What the server said may quote the mail: only its number is kept.
    expect(dead).toMatchObject({
      status: 'dead',
      attempts: 5,
      last_error: 'The mail server refused the mail (550).',
    });
    smtp.refuse(null);
    await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'dead', attempts: 5 });

    const retry = await server.act('retryEmailDelivery', { deliveryId: dead.id }, admin.session);
    expect(retry.status).toBe(200);
    await smtp.waitFor(mailTo(vendor.email));
    await server.mailQueue.drained();
    expect(await room.deliveryTo(vendor)).toMatchObject({
      status: 'sent',
      attempts: 1,
      message_id: dead.message_id,
    });
  });

  test('for now is asked again for a day', async () => {
    smtp.refuse(451);
    const { vendor } = await room.rejected();
    for (let round = 0; round < 6; round += 1) await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'failed', attempts: 7 });
    smtp.refuse(null);
    await room.passTime();
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent', attempts: 8 });
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

describe('a conversation that comes to no end', () => {
  // One of its own for each test: a domain that was slow stays so for a while.
  let domain: string;
  let release = () => {};

  beforeEach(() => {
    domain = `${randomUUID()}.example`;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    smtp.onMail = (mail) => (mail.to.some((address) => address.endsWith(domain)) ? held : undefined);
  });

  /** A vendor whose mail is ordered, at that domain or the usual one. */
  async function told(at?: string): Promise<TestVendor> {
    const created = await createVendor(server.admin);
    const vendor = at === undefined ? created : { ...created, email: `${randomUUID()}@${at}` };
    await server.admin.query('update users set email = $2 where id = $1', [vendor.userId, vendor.email]);
    const requestId = await createRequest(server.admin, vendor);
    const rejectionReason = 'Please add proof of the second location.';
    await server.act('rejectTierUpgradeRequest', { requestId, rejectionReason }, admin.session);
    await room.deliverEvents(requestId);
    return vendor;
  }

  test('stops no other mail, not even to the same domain', async () => {
    const silent = await told(domain);
    await smtp.waitFor(mailTo(silent.email));
    const [other, neighbour] = [await told(), await told(domain)];
    await smtp.waitFor(mailTo(other.email));
    await smtp.waitFor(mailTo(neighbour.email));
    release();
    await server.mailQueue.drained();
    for (const vendor of [silent, other, neighbour]) {
      expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent', attempts: 1 });
    }
  });

  test('makes further mails to its domain wait once there are three, and no others', async () => {
    const silent = [await told(domain), await told(domain), await told(domain)];
    await Promise.all(silent.map(({ email }) => smtp.waitFor(mailTo(email))));
    const waiting = await told(domain);
    for (const other of [await told(), await told(), await told()]) await smtp.waitFor(mailTo(other.email));
    expect(await room.deliveryTo(waiting)).toMatchObject({ status: 'queued', attempts: 0 });
    release();
    await server.mailQueue.drained();
    expect(await room.deliveryTo(waiting)).toMatchObject({ status: 'sent', attempts: 1 });
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
    await room.deliverEvents(requestId);
    await smtp.waitFor(mailTo(vendor.email));
    const { id } = await room.deliveryTo(vendor);
    // As another replica would, and as an administrator who is impatient.
    await server.admin.query(`update email_deliveries set status = 'failed' where id = $1`, [id]);
    await server.act('retryEmailDelivery', { deliveryId: id }, admin.session);
    expect(
      await room.rows(
        `select from private.email_orders where delivery_id = $1 and leased_until > now() and next_attempt_at <= now()`,
        [id],
      ),
    ).toHaveLength(1);
    release();
    await server.mailQueue.drained();
    expect(smtp.mails.filter(mailTo(vendor.email))).toHaveLength(1);
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent' });
  });

  test('of which one died between the yes of the server and its note send it twice, under one Message-ID', async () => {
    const { vendor } = await room.rejected();
    const { id } = await room.deliveryTo(vendor);
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
    await room.passTime();
    const copies = smtp.mails.filter(mailTo(vendor.email));
    expect(copies.map(({ email }) => email.messageId)).toEqual([
      copies[0]!.email.messageId,
      copies[0]!.email.messageId,
    ]);
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  test('a late failure never takes a yes back', async () => {
    const { vendor } = await room.rejected();
    const { id } = await room.deliveryTo(vendor);
    await endAttempt(server.database, id, { status: 'dead', error: 'too late' });
    expect(await room.deliveryTo(vendor)).toMatchObject({ status: 'sent', last_error: null });
  });
});

test('a mail whose reader was deleted is given up', async () => {
  await smtp.goAway();
  const { vendor } = await room.rejected();
  const { id } = await room.deliveryTo(vendor);
  await server.admin.query('delete from users where id = $1', [vendor.userId]);
  await smtp.comeBack();
  await room.passTime();
  await room.runHousekeeping();
  expect(await room.rows('select status from email_deliveries where id = $1', [id])).toEqual([
    { status: 'dead' },
  ]);
});
