import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminSession } from '../auth/session.ts';
import type { BackgroundSettings } from '../background-work.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';
import { cronProblem, nextRuns } from './cron-schedule.ts';

const success = { message: 'success' };

describe('a cron schedule', () => {
  const runs = (schedule: string, count = 3) =>
    nextRuns(schedule, count, new Date('2024-02-28T23:59:30Z')).map((run) => run.toISOString().slice(0, 16));

  it('is read in UTC', () => {
    expect(runs('*/30 * * * *')).toEqual(['2024-02-29T00:00', '2024-02-29T00:30', '2024-02-29T01:00']);
    expect(runs('15 9 * * 1-5', 2)).toEqual(['2024-02-29T09:15', '2024-03-01T09:15']);
    expect(runs('0 0 29 2 *', 2)).toEqual(['2024-02-29T00:00', '2028-02-29T00:00']);
    expect(runs('@monthly', 1)).toEqual(['2024-03-01T00:00']);
  });

  it('takes either day where both are told', () => {
    expect(runs('0 0 13 * 5')).toEqual(['2024-03-01T00:00', '2024-03-08T00:00', '2024-03-13T00:00']);
  });

  it.each(['', '* * * *', '* * * * * *', '61 * * * *', 'a * * * *', '0 0 L * *', '* * * * * ; drop'])(
    'is not %j',
    (schedule) => {
      expect(cronProblem(schedule)).toMatch(/^expected a cron schedule/);
    },
  );
});

describe('cron triggers and scheduled events', () => {
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  let engine: Engine;
  const engines: Engine[] = [];
  let errors: Error[];

  async function open(events: BackgroundSettings = {}): Promise<Engine> {
    const opened = await createEngine({
      databaseUrl: database.url,
      environment: { HOOK: receiver.url, HOOK_SECRET: 'from-env' },
      events,
      onBackgroundError: (error) => errors.push(error),
    });
    engines.push(opened);
    return opened;
  }
  beforeEach(async () => {
    errors = [];
    receiver = await WebhookReceiver.open();
    database = await createTestDatabase({ migrated: false });
    engine = await open();
  });
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((one) => one.close()));
    await receiver.close();
    expect(errors).toEqual([]);
  });

  async function api(type: string, args: unknown = {}, on = engine): Promise<unknown> {
    try {
      return await on.runMetadataRequest({ type, args }, adminSession);
    } catch (error) {
      return toApiError(error as EngineError, false);
    }
  }
  const createCron = (more: Record<string, unknown> = {}) =>
    api('create_cron_trigger', {
      name: 'nightly',
      webhook: '{{HOOK}}/nightly',
      schedule: '0 3 * * *',
      payload: { report: 1 },
      include_in_metadata: true,
      comment: 'once a night',
      ...more,
    });
  const schedule = (more: Record<string, unknown> = {}) =>
    api('create_scheduled_event', {
      webhook: '{{HOOK}}/once',
      schedule_at: new Date().toISOString(),
      payload: { n: 1 },
      ...more,
    });
  const rows = async (text: string) => (await database.query(text)).rows;
  const cronEvents = () => rows('select status, tries from hdb_catalog.hdb_cron_events where tries > 0');
  /** Lets the next event of the trigger be due now; the engine hears of it as of a new event. */
  const comeTrue = (lateness = '0 seconds') =>
    database.query(
      `with next as (select min(scheduled_time) as time from hdb_catalog.hdb_cron_events where status = 'scheduled')
       update hdb_catalog.hdb_cron_events set scheduled_time = now() - $1::interval
       from next where scheduled_time = next.time;`,
      [lateness],
    );
  const notify = () => database.query(`notify hasura_schedule`);

  it('plans a hundred events ahead and delivers each when its time has come', async () => {
    expect(await createCron()).toEqual(success);
    expect(
      await rows(`select count(*)::int, bool_and(extract(hour from scheduled_time at time zone 'UTC') = 3) as nightly
        from hdb_catalog.hdb_cron_events where trigger_name = 'nightly' and scheduled_time > now()`),
    ).toEqual([{ count: 100, nightly: true }]);
    await comeTrue();
    await notify();
    await receiver.until((calls) => calls.length === 1);
    expect(receiver.calls[0]?.path).toBe('/nightly');
    expect(receiver.calls[0]?.body).toEqual({
      id: expect.any(String),
      name: 'nightly',
      comment: 'once a night',
      payload: { report: 1 },
      scheduled_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    await expect.poll(cronEvents).toEqual([{ status: 'delivered', tries: 1 }]);
    expect(
      await api('get_scheduled_event_invocations', {
        type: 'cron',
        trigger_name: 'nightly',
        get_rows_count: true,
      }),
    ).toMatchObject({
      count: 1,
      invocations: [{ status: 200, request: { version: '1', payload: { name: 'nightly' } } }],
    });
    expect(
      await api('get_scheduled_events', {
        type: 'cron',
        trigger_name: 'nightly',
        status: ['delivered', 'error'],
        limit: 2,
        get_rows_count: true,
      }),
    ).toMatchObject({ count: 1, events: [{ status: 'delivered', tries: 1 }] });
  });

  it('delivers one event once, however many engines wait for it', async () => {
    await createCron();
    await Promise.all([open(), open()]);
    await comeTrue();
    await notify();
    await expect.poll(cronEvents).toEqual([{ status: 'delivered', tries: 1 }]);
    expect(receiver.calls).toHaveLength(1);
  });

  it('tries again, and leaves alone what is later than its tolerance', async () => {
    await createCron({ retry_conf: { num_retries: 1, retry_interval_seconds: 0, tolerance_seconds: 60 } });
    receiver.answer = () => ({ status: 503 });
    await comeTrue();
    await notify();
    await expect.poll(cronEvents).toEqual([{ status: 'error', tries: 2 }]);
    await comeTrue('2 minutes');
    await notify();
    await expect
      .poll(() => rows(`select tries from hdb_catalog.hdb_cron_events where status = 'dead'`))
      .toEqual([{ tries: 0 }]);
    expect(receiver.calls).toHaveLength(2);
  });

  it('plans anew when a schedule changes, and forgets what a deleted trigger had planned', async () => {
    await createCron();
    expect(await createCron({ schedule: '30 4 * * *', replace: true })).toEqual(success);
    expect(
      await rows(`select distinct to_char(scheduled_time at time zone 'UTC', 'HH24:MI') as at
        from hdb_catalog.hdb_cron_events`),
    ).toEqual([{ at: '04:30' }]);
    expect(await api('delete_cron_trigger', { name: 'nightly' })).toEqual(success);
    expect(await rows('select from hdb_catalog.hdb_cron_events')).toEqual([]);
  });

  it('keeps triggers that are no part of exports through an import', async () => {
    await createCron({ include_in_metadata: false });
    const metadata = (await api('export_metadata')) as Record<string, unknown>;
    expect(metadata).not.toHaveProperty('cron_triggers');
    await api('replace_metadata', metadata);
    expect(await api('get_cron_triggers')).toEqual({
      cron_triggers: [expect.objectContaining({ name: 'nightly', include_in_metadata: false })],
    });
  });

  it('refuses what the reference refuses', async () => {
    await createCron();
    const cases: [Promise<unknown>, string, string][] = [
      [createCron(), 'already-exists', 'cron trigger with name: nightly already exists'],
      [createCron({ name: '' }), 'parse-failed', 'empty string not allowed'],
      [
        createCron({ name: 'b', schedule: 'daily' }),
        'parse-failed',
        'expected a cron schedule of five fields',
      ],
      [
        createCron({ name: 'b', include_in_metadata: undefined }),
        'parse-failed',
        'key "include_in_metadata" not found',
      ],
      [api('delete_cron_trigger', { name: 'b' }), 'not-exists', "cron trigger with name: b doesn't exist"],
      [schedule({ schedule_at: 'tomorrow' }), 'parse-failed', 'expected a moment as in 2030-01-31T12:00:00Z'],
      [
        api('delete_scheduled_event', { type: 'one_off', event_id: 'b' }),
        'not-found',
        "scheduled event with id: b doesn't exist",
      ],
      [api('get_scheduled_events', { type: 'weekly' }), 'parse-failed', 'expected "one_off" or "cron"'],
    ];
    for (const [answer, code, error] of cases) expect(await answer).toMatchObject({ code, error });
  });

  it('delivers a scheduled event at its moment, told of by any engine', async () => {
    const other = await open();
    const answer = (await api(
      'create_scheduled_event',
      {
        webhook: '{{HOOK}}/once',
        schedule_at: new Date(Date.now() + 300).toISOString(),
        payload: { n: 1 },
        headers: [{ name: 'X-Secret', value_from_env: 'HOOK_SECRET' }],
        comment: 'soon',
      },
      other,
    )) as { event_id: string };
    await receiver.until((calls) => calls.length === 1);
    expect(receiver.calls[0]).toMatchObject({
      path: '/once',
      headers: { 'x-secret': 'from-env' },
      body: {
        id: answer.event_id,
        payload: { n: 1 },
        comment: 'soon',
        scheduled_time: expect.any(String),
        created_at: expect.any(String),
      },
    });
    await expect
      .poll(() => rows('select status from hdb_catalog.hdb_scheduled_events'))
      .toEqual([{ status: 'delivered' }]);
    expect(await api('get_scheduled_events', { type: 'one_off' })).toMatchObject({
      events: [{ id: answer.event_id, status: 'delivered', webhook_conf: '{{HOOK}}/once' }],
    });
    expect(JSON.stringify(await api('get_scheduled_event_invocations', { type: 'one_off' }))).not.toContain(
      'from-env',
    );
  });

  it('counts a missing variable as a failed try', async () => {
    await schedule({ webhook: '{{NOT_SET}}' });
    await expect
      .poll(() =>
        rows(`select event.status, log.response -> 'data' ->> 'message' as message
          from hdb_catalog.hdb_scheduled_events event
          join hdb_catalog.hdb_scheduled_event_invocation_logs log on log.event_id = event.id`),
      )
      .toEqual([{ status: 'error', message: "environment variable 'NOT_SET' not set" }]);
  });

  it('finds at its start what was scheduled before, and what a dead engine held', async () => {
    await engine.close();
    engines.splice(0);
    engine = await open({ httpPoolSize: 0 });
    await schedule();
    await schedule({ schedule_at: '2020-01-01T00:00:00Z', retry_conf: { tolerance_seconds: 1_000_000_000 } });
    await database.query(`
      update hdb_catalog.hdb_scheduled_events set status = 'locked', next_retry_at = now() - interval '1 second'
      where scheduled_time < '2021-01-01'`);
    expect(receiver.calls).toEqual([]);
    await open();
    await receiver.until((calls) => calls.length === 2);
  });

  it('deletes a scheduled event before its time', async () => {
    const { event_id: id } = (await schedule({ schedule_at: '2099-01-01' })) as { event_id: string };
    expect(await api('delete_scheduled_event', { type: 'one_off', event_id: id })).toEqual(success);
    expect(await api('get_scheduled_events', { type: 'one_off', get_rows_count: true })).toEqual({
      count: 0,
      events: [],
    });
  });
});
