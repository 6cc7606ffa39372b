import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailRoom } from '../testing/mail-room.ts';
import { ANONYMOUS, createAdmin, createRequest, createVendor, type TestAdmin } from '../testing/people.ts';
import type { TestServer } from '../testing/test-server.ts';
import { mailTo, type TestSmtp } from '../testing/test-smtp.ts';

let room: MailRoom;
let smtp: TestSmtp;
let server: TestServer;
let admin: TestAdmin;

beforeAll(async () => {
  room = await MailRoom.open();
  ({ smtp, server, admin } = room);
});

afterAll(() => room?.close());

describe('names and texts of hostile people', () => {
  const EVIL_NAME = 'Evil <b>Inc</b>"\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202e';

  test('stay text in every part of a mail and add no header', async () => {
    const vendor = await createVendor(server.admin);
    await server.admin.query('update vendors set name = $2 where id = $1', [vendor.vendorId, EVIL_NAME]);
    const reason = 'No.\r\n.\r\nQUIT\r\n</blockquote><img src="https://evil.example/x"> {{secret}} & so on';
    const { requestId } = await room.rejected({ reason, by: vendor });

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

  test('load nothing and lead nowhere but to our own apps, whatever the mail is about', async () => {
    await room.rejected();
    const vendor = await createVendor(server.admin);
    const requestId = await createRequest(server.admin, vendor);
    await server.act('approveTierUpgradeRequest', { requestId }, admin.session);
    await room.deliverEvents(requestId);
    await server.act('requestPasswordReset', { email: vendor.email }, ANONYMOUS);
    await server.mailQueue.drained();
    const templates = await room.rows(
      `select distinct template from email_deliveries where status = 'sent' order by template`,
    );
    expect(templates.map(({ template }) => template)).toEqual([
      'approved',
      'password_reset',
      'rejected',
      'submitted',
    ]);
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
