/** A test server with a mail server of its own, and the steps by which a decision becomes a mail. */

import { expect } from 'vitest';
import {
  createAdmin,
  createRequest,
  createVendor,
  openFeature,
  type TestAdmin,
  type TestVendor,
} from './people.ts';
import { type Answer, startTestServer, TEST_SECRET, type TestServer } from './test-server.ts';
import { startTestSmtp, type TestSmtp } from './test-smtp.ts';

const EVENT_ROUTE = '/hasura/events/tier_upgrade_event_written';

/** Servers, one administrator, and what tests of mail do with them. */
export class MailRoom {
  readonly smtp: TestSmtp;
  readonly server: TestServer;
  readonly admin: TestAdmin;

  private constructor(smtp: TestSmtp, server: TestServer, admin: TestAdmin) {
    this.smtp = smtp;
    this.server = server;
    this.admin = admin;
  }

  /** Opens it; the caller closes it. */
  static async open(): Promise<MailRoom> {
    const smtp = await startTestSmtp();
    const server = await startTestServer({
      env: {
        SMTP_URL: smtp.url,
        MAIL_FROM: 'Tierline <no-reply@mail.example>',
        PORTAL_URL: 'https://portal.example',
        ADMIN_URL: 'https://review.example',
        RATE_LIMIT_ADMIN: '0',
      },
    });
    await openFeature(server.admin);
    return new MailRoom(smtp, server, await createAdmin(server.admin));
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.smtp.goAway();
  }

  async rows(sql: string, values: unknown[] = []) {
    return (await this.server.admin.query(sql, values)).rows;
  }

  /** Sends an event as the event trigger does. */
  deliverEvent(id: string, kind: string): Promise<Answer> {
    return this.sendEvent({
      id: 'b3e0a7f2-0000-4000-8000-000000000000',
      created_at: '2026-11-21T08:00:00Z',
      trigger: { name: 'tier_upgrade_event_written' },
      table: { schema: 'public', name: 'tier_upgrade_request_events' },
      event: { session_variables: null, op: 'INSERT', data: { old: null, new: { id, kind } } },
      delivery_info: { current_retry: 0, max_retries: 8640 },
    });
  }

  /** Sends anything to where events arrive. */
  sendEvent(
    json: unknown,
    headers: Record<string, string> = { 'X-Action-Secret': TEST_SECRET },
  ): Promise<Answer> {
    return this.server.send(EVENT_ROUTE, { method: 'POST', headers, json });
  }

  /** Runs the cron job as its trigger does. */
  async runHousekeeping(
    headers: Record<string, string> = { 'X-Action-Secret': TEST_SECRET },
  ): Promise<Answer> {
    return this.server.send('/hasura/cron/delete_expired', { method: 'POST', headers, json: {} });
  }

  /** Sends the events of a request, in order. */
  async deliverEvents(requestId: string): Promise<void> {
    for (const { id, kind } of await this.rows(
      'select id::text, kind from tier_upgrade_request_events where request_id = $1 order by id',
      [requestId],
    )) {
      expect((await this.deliverEvent(id, kind)).status).toBe(200);
    }
  }

  /** A rejected request, by default of a new vendor, whose user has been told by the time this answers. */
  async rejected({
    reason = 'Please add proof of the second location.',
    by,
  }: {
    reason?: string;
    by?: TestVendor;
  } = {}) {
    const vendor = by ?? (await createVendor(this.server.admin));
    const requestId = await createRequest(this.server.admin, vendor);
    await this.server.act(
      'rejectTierUpgradeRequest',
      { requestId, rejectionReason: reason },
      this.admin.session,
    );
    await this.deliverEvents(requestId);
    await this.server.mailQueue.drained();
    return { vendor, requestId };
  }

  /** The one delivery to a vendor's user. */
  async deliveryTo({ email }: TestVendor) {
    const found = await this.rows(
      `select id, status, attempts, last_error, message_id, sent_at, template from email_deliveries
       where recipient = $1 and template <> 'password_reset'`,
      [email],
    );
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  /** Lets the time pass that a mail waits for its next attempt. */
  async passTime(): Promise<void> {
    await this.server.admin.query(
      `update private.email_orders set next_attempt_at = now() - interval '1 second',
         leased_until = now() - interval '1 second' where next_attempt_at is not null`,
    );
    await this.server.mailQueue.drained();
  }
}
