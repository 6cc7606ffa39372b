import { describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import { type Payload, triggerDesk } from '../testing/trigger-desk.ts';

describe('the delivery of events', () => {
  const desk = triggerDesk();
  const { open, close, api, create, payloads, log, settled } = desk;

  it('tries again as often as told, then gives up', async () => {
    await create({ retry_conf: { num_retries: 2, interval_sec: 0 } });
    desk.receiver.answer = () => ({ status: 500, body: 'not now' });
    await close();
    desk.engine = await open({ fetchIntervalMs: 20 });
    await desk.database.query('insert into book values (1)');
    await settled();
    expect(payloads().map(({ delivery_info }) => delivery_info)).toEqual([
      { max_retries: 2, current_retry: 0 },
      { max_retries: 2, current_retry: 1 },
      { max_retries: 2, current_retry: 2 },
    ]);
    expect(await log('delivered, error, tries')).toEqual([{ delivered: false, error: true, tries: 3 }]);
    expect(desk.reports.map(({ outcome, status }) => [outcome.kind, status])).toEqual([
      ['retry', 500],
      ['retry', 500],
      ['failed', 500],
    ]);
  });

  it('follows no redirect and waits as long as a receiver asks', async () => {
    await create();
    desk.receiver.answer = ({ path }) =>
      path === '/books'
        ? { status: 302, headers: { location: `${desk.receiver.url}/elsewhere`, 'retry-after': '600' } }
        : {};
    await desk.database.query('insert into book values (1)');
    await expect
      .poll(() => desk.reports.map(({ outcome }) => outcome))
      .toEqual([{ kind: 'retry', afterSeconds: 600 }]);
    await expect
      .poll(() => log(`next_retry_at > (now() at time zone 'UTC') + interval '9 minutes' as later, locked`))
      .toEqual([{ later: true, locked: null }]);
    expect(desk.receiver.calls.map(({ path }) => path)).toEqual(['/books']);
  });

  it('reads no more of an answer than it keeps, and counts one that never comes as a failure', async () => {
    await create({ retry_conf: { timeout_sec: 1 } });
    desk.receiver.answer = ({ body }) =>
      (body as Payload).event.op === 'INSERT' ? { body: 'x'.repeat(5_000_000) } : { hangs: true };
    await desk.database.query('insert into book values (1); update book set title = $$Emma$$');
    await settled();
    const { rows } = await desk.database.query(`
      select status, response ->> 'type' as type, length(response -> 'data' ->> 'body') as length,
        response -> 'data' ->> 'message' as message
      from hdb_catalog.event_invocation_logs order by status`);
    expect(rows).toEqual([
      { status: 200, type: 'webhook_response', length: 65_536, message: null },
      { status: null, type: 'client_error', length: null, message: 'ResponseTimeout' },
    ]);
  });

  it('delivers each event once although several engines share the work', async () => {
    await create();
    await Promise.all([open(), open()]);
    await desk.database.query('insert into book select generate_series(1, 300)');
    await settled();
    expect(new Set(payloads().map(({ id }) => id)).size).toBe(300);
    expect(payloads()).toHaveLength(300);
  });

  it('frees what a dead engine held', async () => {
    await create();
    await close();
    await desk.database.query('insert into book values (1)');
    await desk.database.query(`update hdb_catalog.event_log set locked = now() - interval '2 seconds'`);
    desk.engine = await open({ leaseMs: 1000 });
    await desk.receiver.until((calls) => calls.length === 1);
    await settled();
  });

  it('waits for running deliveries when it stops, but not for ever, and leaves nothing locked', async () => {
    await create();
    await close();
    desk.engine = await open({ shutdownTimeoutMs: 0 });
    desk.receiver.answer = () => ({ hangs: true });
    await desk.database.query('insert into book values (1)');
    await desk.receiver.until((calls) => calls.length === 1);
    await close();
    expect(await log('delivered, error, tries, locked')).toEqual([
      { delivered: false, error: false, tries: 0, locked: null },
    ]);
    desk.receiver.answer = () => ({});
    desk.engine = await open();
    await settled();
    expect(desk.receiver.calls).toHaveLength(2);
  });

  it('keeps events while a variable of the environment is missing', async () => {
    expect(await create({ webhook: undefined, webhook_from_env: 'NOT_SET' })).toMatchObject({
      code: 'invalid-configuration',
      error: expect.stringContaining("environment variable 'NOT_SET' not set"),
    });
    const metadata = (await api('export_metadata', {})) as { sources: { tables: object[] }[] };
    const [table] = metadata.sources[0]?.tables ?? [];
    Object.assign(table ?? {}, {
      event_triggers: [
        { name: 'books', definition: { insert: { columns: '*' } }, webhook_from_env: 'NOT_SET' },
      ],
    });
    await desk.engine.runMetadataRequest(
      { type: 'replace_metadata', version: 2, args: { metadata, allow_inconsistent_metadata: true } },
      adminSession,
    );
    expect(desk.engine.inconsistencies).toMatchObject([
      { type: 'event_trigger', name: 'event_trigger books in table book in source default' },
    ]);
    await desk.database.query('insert into book values (1)');
    expect(await log('delivered, error, locked, tries')).toEqual([
      { delivered: false, error: false, locked: null, tries: 0 },
    ]);
  });

  it('asks the database nothing while there are no triggers', async () => {
    const quiet = await open({ fetchIntervalMs: 1 });
    await quiet.ping();
    expect(await quiet.eventStats()).toEqual({ running: 0, pending: 0, oldestPendingSeconds: 0 });
    // There is nothing to ask: a poll would fail on the missing table, and a listener be seen.
    const { rows } = await desk.database.query(`
      select to_regclass('hdb_catalog.event_log') as log, count(*)::int as connections
      from pg_stat_activity
      where datname = current_database() and application_name = 'hasura-engine events'`);
    expect(rows).toEqual([{ log: null, connections: 0 }]);
    expect(desk.errors).toEqual([]);
  });
});
