import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server?.stop());

/** The value of a metric; undefined when it has none. */
async function metric(name: string): Promise<string | undefined> {
  const { status, body } = await server.send('/metrics');
  expect(status).toBe(200);
  return new RegExp(`^${name} (.+)$`, 'm').exec(body)?.[1];
}

test('mails wait that are older than a quarter of an hour, and neither sent nor given up', async () => {
  expect(await metric('tierline_mails_waiting')).toBe('0');
  await server.admin.query(
    `insert into email_deliveries (dedupe_key, recipient, template, status, sent_at, created_at)
     select status || age, 'a@example.com', 'submitted', status, case status when 'sent' then now() end, now() - age
     from unnest(array['queued', 'failed', 'sent', 'dead']) status,
       unnest(array['14 minutes', '16 minutes', '2 days']::interval[]) age`,
  );
  expect(await metric('tierline_mails_waiting')).toBe('4');
});

test('what cannot be counted has no value, rather than none', async () => {
  await server.admin.query('alter table email_deliveries rename to email_deliveries_gone');
  expect(await metric('tierline_mails_waiting')).toBeUndefined();
  expect(await metric('tierline_events_undelivered')).toBe('0');
  await server.admin.query('alter table email_deliveries_gone rename to email_deliveries');
  expect(await metric('tierline_mails_waiting')).toBe('4');
});
