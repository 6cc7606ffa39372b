import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminSession } from '../auth/session.ts';
import type { BackgroundSettings } from '../background-work.ts';
import type { DeliveryReport } from '../delivery/report.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';
import { nextRuns } from '../scheduled/cron-schedule.ts';
import { sessionFor } from '../testing/publishing-house.ts';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';

const context = { headers: {}, requestId: 'test' };
const success = { message: 'success' };

interface Payload {
  readonly id: string;
  readonly created_at: string;
  readonly delivery_info: { readonly max_retries: number; readonly current_retry: number };
  readonly trigger: { readonly name: string };
  readonly table: unknown;
  readonly event: {
    readonly op: string;
    readonly data: { readonly old: unknown; readonly new: unknown };
    readonly session_variables: unknown;
    readonly trace_context: unknown;
  };
}

describe('event triggers', () => {
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  const engines: Engine[] = [];
  let engine: Engine;
  let reports: DeliveryReport[];
  let errors: Error[];

  async function open(events: BackgroundSettings = {}): Promise<Engine> {
    const opened = await createEngine({
      databaseUrl: database.url,
      environment: { HOOK_SECRET: 'from-env', HOOK: receiver.url },
      // A poll of an hour: whatever arrives has been told of.
      events: { fetchIntervalMs: 3_600_000, onDelivery: (report) => reports.push(report), ...events },
      onBackgroundError: (error) => errors.push(error),
    });
    engines.push(opened);
    return opened;
  }
  async function close(): Promise<void> {
    engines.splice(engines.indexOf(engine), 1);
    await engine.close();
  }

  beforeEach(async () => {
    reports = [];
    errors = [];
    receiver = await WebhookReceiver.open();
    database = await createTestDatabase({ migrated: false });
    await database.query(`
      create table book (id bigint primary key, title text, price numeric, notes json);
      create table shelf (id int primary key)`);
    engine = await open();
    await api('pg_track_table', { table: 'book' });
    await api('pg_track_table', { table: 'shelf' });
  });
  afterEach(async () => {
    receiver.answer = () => ({});
    await Promise.all(engines.splice(0).map((one) => one.close()));
    await receiver.close();
  });

  async function api(type: string, args: unknown, on = engine): Promise<unknown> {
    try {
      return await on.runMetadataRequest({ type, args }, adminSession);
    } catch (error) {
      return toApiError(error as EngineError, false);
    }
  }
  const create = (more: Record<string, unknown> = {}) =>
    api('pg_create_event_trigger', {
      name: 'books',
      table: 'book',
      insert: { columns: '*' },
      update: { columns: '*' },
      delete: { columns: '*' },
      webhook: '{{HOOK}}/books',
      ...more,
    });
  const mutate = (text: string, session = adminSession) =>
    engine.execute({ query: `mutation { ${text} }` }, session, context);
  const payloads = () => receiver.calls.map(({ body }) => body as Payload);
  const events = () => payloads().map(({ event }) => event);
  const log = async (columns: string) =>
    (await database.query(`select ${columns} from hdb_catalog.event_log order by created_at`)).rows;
  /** Resolves once every event is delivered, failed or archived. */
  async function settled(): Promise<void> {
    await expect
      .poll(() => log('id, delivered, error, archived'))
      .toSatisfy((rows: Record<string, boolean>[]) =>
        rows.every((row) => row.delivered || row.error || row.archived),
      );
  }

  it('counts a payload that its transform cannot take as a try, and goes on', async () => {
    await create({
      webhook: '{{HOOK}}/books',
      retry_conf: { num_retries: 0, interval_sec: 1, timeout_sec: 5 },
      request_transform: {
        version: 2,
        template_engine: 'Kriti',
        body: { action: 'transform', template: '{{$body}}' },
      },
    });
    const depth = 5000;
    await database.query(
      `insert into book (id, title, notes) values (1, 'deep', ('${'['.repeat(depth)}${']'.repeat(depth)}')::json)`,
    );
    await database.query(`insert into book (id, title) values (2, 'flat')`);
    await settled();
    expect(events().map(({ data }) => data.new)).toMatchObject([{ id: '2' }]);
    expect((await log('error')).map(({ error }) => error)).toEqual([true, false]);
    expect(errors).toEqual([]);
  });

  it('tells a webhook of every row written, with who wrote it', async () => {
    expect(await create()).toEqual(success);
    await mutate(
      'insert_book_one(object: {id: "9007199254740993", title: "Emma", price: "1.50"}) { id }',
      sessionFor('admin', { 'x-hasura-user-id': '7' }),
    );
    await receiver.until((calls) => calls.length === 1);
    await mutate('update_book(where: {}, _set: {title: "Persuasion"}) { affected_rows }');
    await receiver.until((calls) => calls.length === 2);
    await mutate('delete_book(where: {}) { affected_rows }');
    await receiver.until((calls) => calls.length === 3);

    const emma = { id: '9007199254740993', title: 'Emma', price: 1.5, notes: null };
    const persuasion = { ...emma, title: 'Persuasion' };
    expect(events().map(({ op, data }) => ({ op, ...data }))).toEqual([
      { op: 'INSERT', old: null, new: emma },
      { op: 'UPDATE', old: emma, new: persuasion },
      { op: 'DELETE', old: persuasion, new: null },
    ]);
    const [first] = payloads();
    expect(first).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      delivery_info: { max_retries: 0, current_retry: 0 },
      trigger: { name: 'books' },
      table: { schema: 'public', name: 'book' },
      event: {
        session_variables: { 'x-hasura-role': 'admin', 'x-hasura-user-id': '7' },
        trace_context: { trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
    });
    // Numbers go through with every digit that Postgres keeps.
    expect(receiver.calls[0]?.text).toContain('"price": 1.50');
    expect(receiver.calls[0]).toMatchObject({
      path: '/books',
      headers: {
        'content-type': 'application/json',
        'user-agent': expect.stringMatching(/^hasura-graphql-engine\/v2/),
      },
    });
    await settled();
    expect(await log('delivered, error, tries, locked, archived')).toEqual(
      Array(3).fill({ delivered: true, error: false, tries: 1, locked: null, archived: false }),
    );
  });

  it('knows nobody behind a row written past the engine, even on a connection that has served somebody', async () => {
    await create();
    const pool = database.pool({ max: 1 });
    await pool.query(`begin; select set_config('hasura.user', '{"x-hasura-role": "user"}', true); rollback`);
    await pool.query(`insert into book values (1, 'Emma')`);
    await receiver.until((calls) => calls.length === 1);
    expect(events()).toMatchObject([{ session_variables: null, trace_context: null }]);
  });

  it('lets a role write that may do no more than insert into the event log', async () => {
    await create({ update: { columns: ['title'], payload: ['id', 'title'] } });
    const role = `writer_${database.name}`;
    await database.query(`create role ${role} login password 'writer'`);
    try {
      await database.query(`grant select, insert, update on book to ${role}`);
      const url = new URL(database.url);
      url.username = role;
      url.password = 'writer';
      const pool = database.pool({ connectionString: url.href, max: 1 });
      await expect(pool.query(`insert into book values (1, 'Emma')`)).rejects.toThrow(
        /permission denied for schema hdb_catalog/,
      );
      await database.query(`
        grant usage on schema hdb_catalog to ${role}; grant insert on hdb_catalog.event_log to ${role}`);
      await pool.query(`insert into book values (1, 'Emma')`);
      await pool.query(`update book set title = 'Persuasion'`);
      await receiver.until((calls) => calls.length === 2);
      expect(events()[1]?.data).toEqual({
        old: { id: '1', title: 'Emma' },
        new: { id: '1', title: 'Persuasion' },
      });
      await expect(pool.query('select * from hdb_catalog.event_log')).rejects.toThrow(/permission denied/);
      await pool.end();
    } finally {
      await database.query(`drop owned by ${role}; drop role ${role}`);
    }
  });

  it('minds only the columns it is told to, and tells only those it is to tell', async () => {
    await create({ insert: undefined, update: { columns: ['title', 'notes'], payload: ['price'] } });
    await database.query(`insert into book values (1, 'Emma', 2, '{"a": 1}')`);
    await database.query('update book set price = 3');
    await database.query(`update book set notes = '{"a": 1}', title = 'Emma'`);
    await database.query(`update book set notes = '{"a": 2}', price = 4`);
    await settled();
    expect(events().map(({ op, data }) => ({ op, ...data }))).toEqual([
      { op: 'UPDATE', old: { price: 3 }, new: { price: 4 } },
    ]);
  });

  it('outlives a migration that drops a column and goes on writing', async () => {
    await create();
    await database.query(`alter table book drop column price; insert into book values (1, 'Emma')`);
    await receiver.until((calls) => calls.length === 1);
    expect(events()[0]?.data.new).toEqual({ id: '1', title: 'Emma', notes: null });
  });

  it('sends the headers of the metadata, and keeps values of the environment out of the log', async () => {
    await create({
      headers: [
        { name: 'X-Plain', value: 'plain' },
        { name: 'X-Secret', value_from_env: 'HOOK_SECRET' },
      ],
    });
    receiver.answer = () => ({ status: 201, headers: { 'x-answer': 'yes' }, body: 'thank you' });
    await database.query('insert into book values (1)');
    await settled();
    expect(receiver.calls[0]?.headers).toMatchObject({ 'x-plain': 'plain', 'x-secret': 'from-env' });
    const { rows } = await database.query('select * from hdb_catalog.event_invocation_logs');
    expect(rows).toMatchObject([
      {
        event_id: payloads()[0]?.id,
        trigger_name: 'books',
        status: 201,
        request: {
          version: '2',
          headers: [
            { name: 'X-Plain', value: 'plain' },
            { name: 'X-Secret', value_from_env: 'HOOK_SECRET' },
          ],
          payload: payloads()[0],
        },
        response: {
          type: 'webhook_response',
          version: '2',
          data: { status: 201, body: 'thank you', headers: expect.any(Array) },
        },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain('from-env');
  });

  it('tries again as often as told, then gives up', async () => {
    await create({ retry_conf: { num_retries: 2, interval_sec: 0 } });
    receiver.answer = () => ({ status: 500, body: 'not now' });
    await close();
    engine = await open({ fetchIntervalMs: 20 });
    await database.query('insert into book values (1)');
    await settled();
    expect(payloads().map(({ delivery_info }) => delivery_info)).toEqual([
      { max_retries: 2, current_retry: 0 },
      { max_retries: 2, current_retry: 1 },
      { max_retries: 2, current_retry: 2 },
    ]);
    expect(await log('delivered, error, tries')).toEqual([{ delivered: false, error: true, tries: 3 }]);
    expect(reports.map(({ outcome, status }) => [outcome.kind, status])).toEqual([
      ['retry', 500],
      ['retry', 500],
      ['failed', 500],
    ]);
  });

  it('follows no redirect and waits as long as a receiver asks', async () => {
    await create();
    receiver.answer = ({ path }) =>
      path === '/books'
        ? { status: 302, headers: { location: `${receiver.url}/elsewhere`, 'retry-after': '600' } }
        : {};
    await database.query('insert into book values (1)');
    await expect
      .poll(() => reports.map(({ outcome }) => outcome))
      .toEqual([{ kind: 'retry', afterSeconds: 600 }]);
    await expect
      .poll(() => log(`next_retry_at > (now() at time zone 'UTC') + interval '9 minutes' as later, locked`))
      .toEqual([{ later: true, locked: null }]);
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/books']);
  });

  it('reads no more of an answer than it keeps, and counts one that never comes as a failure', async () => {
    await create({ retry_conf: { timeout_sec: 1 } });
    receiver.answer = ({ body }) =>
      (body as Payload).event.op === 'INSERT' ? { body: 'x'.repeat(5_000_000) } : { hangs: true };
    await database.query('insert into book values (1); update book set title = $$Emma$$');
    await settled();
    const { rows } = await database.query(`
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
    await database.query('insert into book select generate_series(1, 300)');
    await settled();
    expect(new Set(payloads().map(({ id }) => id)).size).toBe(300);
    expect(payloads()).toHaveLength(300);
  });

  it('frees what a dead engine held', async () => {
    await create();
    await close();
    await database.query('insert into book values (1)');
    await database.query(`update hdb_catalog.event_log set locked = now() - interval '2 seconds'`);
    engine = await open({ leaseMs: 1000 });
    await receiver.until((calls) => calls.length === 1);
    await settled();
  });

  it('waits for running deliveries when it stops, but not for ever, and leaves nothing locked', async () => {
    await create();
    await close();
    engine = await open({ shutdownTimeoutMs: 0 });
    receiver.answer = () => ({ hangs: true });
    await database.query('insert into book values (1)');
    await receiver.until((calls) => calls.length === 1);
    await close();
    expect(await log('delivered, error, tries, locked')).toEqual([
      { delivered: false, error: false, tries: 0, locked: null },
    ]);
    receiver.answer = () => ({});
    engine = await open();
    await settled();
    expect(receiver.calls).toHaveLength(2);
  });

  it('installs its SQL triggers at the start, and takes them away with the metadata', async () => {
    await create({ update: undefined });
    const installed = async () =>
      (await database.query(`select tgname from pg_trigger where tgname like 'notify%' order by 1`)).rows.map(
        ({ tgname }) => tgname,
      );
    expect(await installed()).toEqual(['notify_hasura_books_DELETE', 'notify_hasura_books_INSERT']);
    await database.query('drop trigger "notify_hasura_books_DELETE" on book');
    await open();
    expect(await installed()).toEqual(['notify_hasura_books_DELETE', 'notify_hasura_books_INSERT']);
    expect(await create({ insert: undefined, delete: undefined, replace: true })).toEqual(success);
    expect(await installed()).toEqual(['notify_hasura_books_UPDATE']);
    await api('pg_delete_event_trigger', { name: 'books' });
    expect(await installed()).toEqual([]);
    const { rows } = await database.query(`select proname from pg_proc where proname like 'notify_hasura%'`);
    expect(rows).toEqual([]);
  });

  it('archives what still waits when its trigger goes', async () => {
    await create({ retry_conf: { num_retries: 1, interval_sec: 3600 } });
    receiver.answer = () => ({ status: 500 });
    await database.query('insert into book values (1)');
    await expect.poll(() => reports).toHaveLength(1);
    await api('delete_event_trigger', { name: 'books' });
    expect(await log('archived')).toEqual([{ archived: true }]);
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
    await engine.runMetadataRequest(
      { type: 'replace_metadata', version: 2, args: { metadata, allow_inconsistent_metadata: true } },
      adminSession,
    );
    expect(engine.inconsistencies).toMatchObject([
      { type: 'event_trigger', name: 'event_trigger books in table book in source default' },
    ]);
    await database.query('insert into book values (1)');
    expect(await log('delivered, error, locked, tries')).toEqual([
      { delivered: false, error: false, locked: null, tries: 0 },
    ]);
  });

  it('refuses what the reference refuses', async () => {
    await create();
    const cases: [Record<string, unknown>, string, string][] = [
      [{}, 'already-exists', 'event trigger with name "books" already exists'],
      [{ name: '1st' }, 'parse-failed', 'only alphanumeric and underscore allowed for name'],
      [{ name: 'b'.repeat(43) }, 'parse-failed', 'event trigger name can be at most 42 characters'],
      [{ name: 'b', webhook: undefined }, 'parse-failed', 'must provide webhook or webhook_from_env'],
      [
        { name: 'b', webhook_from_env: 'HOOK' },
        'parse-failed',
        'only one of webhook or webhook_from_env should be given',
      ],
      [{ name: 'b', insert: { columns: [] } }, 'parse-failed', 'found empty column specification'],
      [
        { name: 'b', insert: undefined, update: undefined, delete: undefined },
        'parse-failed',
        'atleast one amongst insert/update/delete/enable_manual spec must be provided',
      ],
      [
        { name: 'b', update: { columns: ['author'] } },
        'not-exists',
        'column "author" does not exist in table "book"',
      ],
      [{ name: 'b', table: 'desk' }, 'not-exists', 'table "desk" does not exist in source: default'],
      [
        { replace: true, table: 'shelf' },
        'not-exists',
        'event trigger "books" does not exist on table "shelf"',
      ],
    ];
    for (const [more, code, error] of cases) expect(await create(more)).toMatchObject({ code, error });
    expect(await api('pg_delete_event_trigger', { name: 'none' })).toMatchObject({
      code: 'not-exists',
      error: 'event trigger "none" does not exist',
    });
  });

  it('counts its columns among what a table may not lose, and follows their new names', async () => {
    await create({ update: { columns: ['title'], payload: ['id', 'title'] } });
    expect(await api('run_sql', { sql: 'alter table book drop column title' })).toMatchObject({
      code: 'dependency-error',
      error: expect.stringContaining('event-trigger book.books'),
    });
    await api('run_sql', { sql: 'alter table book rename column title to name' });
    await database.query(`insert into book values (1, 'Emma'); update book set name = 'Persuasion'`);
    await receiver.until((calls) => calls.length === 2);
    expect(events()[1]?.data.new).toEqual({ id: '1', name: 'Persuasion' });
    await api('run_sql', { sql: 'alter table book drop column name', cascade: true });
    await database.query('insert into book values (2)');
    expect(await log('trigger_name')).toHaveLength(2);
  });

  it('is invoked by hand, where allowed', async () => {
    await create({ enable_manual: true, insert: undefined, update: undefined, delete: undefined });
    const answer = (await api('pg_invoke_event_trigger', { name: 'books', payload: { any: ['thing'] } })) as {
      event_id: string;
    };
    await receiver.until((calls) => calls.length === 1);
    expect(payloads()[0]).toMatchObject({
      id: answer.event_id,
      event: { op: 'MANUAL', data: { old: null, new: { any: ['thing'] } } },
    });
    await create({ replace: true });
    expect(await api('invoke_event_trigger', { name: 'books', payload: {} })).toMatchObject({
      code: 'not-supported',
      error: 'manual mode is not enabled for event trigger',
    });
  });

  it('shows its logs and delivers again when asked', async () => {
    await create();
    receiver.answer = () => ({ status: 500 });
    await database.query('insert into book values (1)');
    await settled();
    const [event] = (await api('pg_get_event_logs', { name: 'books', status: 'processed' })) as {
      id: string;
    }[];
    expect(event).toMatchObject({ trigger_name: 'books', error: true, tries: 1 });
    expect(await api('pg_get_event_logs', { name: 'books', status: 'pending' })).toEqual([]);

    receiver.answer = () => ({});
    expect(await api('pg_redeliver_event', { event_id: event?.id })).toEqual(success);
    await receiver.until((calls) => calls.length === 2);
    await settled();
    expect(await api('pg_get_event_by_id', { event_id: event?.id })).toMatchObject({
      event: { id: event?.id, delivered: true, tries: 1 },
      invocations: [{ status: 200 }, { status: 500 }],
    });
    expect(await api('pg_get_event_invocation_logs', { name: 'books', limit: 1 })).toMatchObject([
      { status: 200, event_id: event?.id },
    ]);
    expect(await api('redeliver_event', { event_id: 'none' })).toMatchObject({
      code: 'not-exists',
      error: 'event not found',
    });
    await database.query('update hdb_catalog.event_log set locked = now()');
    expect(await api('redeliver_event', { event_id: event?.id })).toMatchObject({ code: 'busy' });
  });

  it('speaks to an API of another shape by a transform, and fails where that does not fit', async () => {
    const template = (title: string) => ({
      version: 2,
      method: 'PUT',
      url: '{{ $base_url }}/{{ $body.event.data.new.id }}',
      query_params: { who: "{{ $session_variables['x-hasura-role'] }}" },
      body: { action: 'transform', template: `{"title": {{ $body.event.data.new.${title} }}}` },
    });
    expect(await create({ request_transform: template('title') })).toEqual(success);
    await mutate('insert_book_one(object: {id: "5", title: "Emma"}) { id }');
    await receiver.until((calls) => calls.length === 1);
    expect(receiver.calls[0]).toMatchObject({
      path: '/books/5?who=admin',
      body: { title: 'Emma' },
    });
    expect(await create({ replace: true, request_transform: template('missing') })).toEqual(success);
    await mutate('insert_book_one(object: {id: "6", title: "Persuasion"}) { id }');
    await settled();
    expect(await log('delivered, error')).toEqual([
      { delivered: true, error: false },
      { delivered: false, error: true },
    ]);
    expect(receiver.calls).toHaveLength(1);
  });

  it('clears the log of what is done with and old, and of nothing else', async () => {
    await create();
    receiver.answer = ({ body }) =>
      (body as Payload).event.op === 'DELETE' ? { status: 500, headers: { 'retry-after': '600' } } : {};
    await database.query('insert into book values (1); update book set price = 1; delete from book');
    await expect.poll(() => log('tries')).toEqual([{ tries: 1 }, { tries: 1 }, { tries: 1 }]);
    await expect.poll(() => log('locked')).toEqual(Array(3).fill({ locked: null }));
    const clear = (more: Record<string, unknown> = {}) =>
      api('cleanup_event_trigger_logs', { event_trigger_name: 'books', clear_older_than: 24, ...more });
    expect(await clear()).toMatchObject({ deleted_event_logs: 0 });
    await database.query(`update hdb_catalog.event_log set created_at = created_at - interval '25 hours'`);
    expect(await clear({ batch_size: 1, clean_invocation_logs: true })).toEqual({
      message: 'success',
      deleted_event_logs: 2,
      deleted_event_invocation_logs: 2,
    });
    expect(await log(`payload ->> 'op' as op`)).toEqual([{ op: 'DELETE' }]);
    expect(await clear({ event_trigger_name: 'none' })).toMatchObject({ code: 'not-exists' });
  });

  it('pauses and resumes what clears by the clock', async () => {
    await create({ cleanup_config: { schedule: '0 0 * * *', clear_older_than: 168 } });
    const isPaused = async (): Promise<unknown> => {
      const metadata = await api('export_metadata', {});
      return /"paused":(true|false)/.exec(JSON.stringify(metadata))?.[1];
    };
    const books = { event_triggers: [{ source_name: 'default', event_triggers: ['books'] }] };
    expect(await api('pause_event_trigger_cleanups', books)).toEqual(success);
    expect(await isPaused()).toBe('true');
    expect(await api('resume_event_trigger_cleanups', { event_triggers: { sources: '*' } })).toEqual(success);
    expect(await isPaused()).toBe('false');
    await create({ replace: true });
    expect(await api('pause_event_trigger_cleanups', books)).toMatchObject({ code: 'not-exists' });
  });

  it('clears by the clock, one engine at a time', async () => {
    await create({
      cleanup_config: { schedule: '0 0 1 1 *', clear_older_than: 0, clean_invocation_logs: true },
    });
    await database.query('insert into book values (1)');
    await settled();
    const due = nextRuns('0 0 1 1 *', 1, new Date())[0]?.getTime() ?? 0;
    vi.useFakeTimers({ now: due - 5, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    try {
      await Promise.all([open(), open()]);
      await vi.advanceTimersByTimeAsync(1000);
    } finally {
      vi.useRealTimers();
    }
    const cleanups = async () =>
      (
        await database.query(`
          select status, deleted_event_logs, deleted_event_invocation_logs
          from hdb_catalog.hdb_event_log_cleanups`)
      ).rows;
    await expect
      .poll(cleanups)
      .toEqual([{ status: 'completed', deleted_event_logs: 1, deleted_event_invocation_logs: 1 }]);
    expect(await log('id')).toEqual([]);
  });

  it('asks the database nothing while there are no triggers', async () => {
    const quiet = await open({ fetchIntervalMs: 1 });
    await quiet.ping();
    expect(await quiet.eventStats()).toEqual({ running: 0, pending: 0, oldestPendingSeconds: 0 });
    // There is nothing to ask: a poll would fail on the missing table, and a listener be seen.
    const { rows } = await database.query(`
      select to_regclass('hdb_catalog.event_log') as log, count(*)::int as connections
      from pg_stat_activity
      where datname = current_database() and application_name = 'hasura-engine events'`);
    expect(rows).toEqual([{ log: null, connections: 0 }]);
    expect(errors).toEqual([]);
  });
});
