import { describe, expect, it } from 'vitest';
import { success, triggerDesk } from '../testing/trigger-desk.ts';

describe('the commands of event triggers', () => {
  const desk = triggerDesk();
  const { open, api, create, payloads, events, log, settled } = desk;

  it('installs its SQL triggers at the start, and takes them away with the metadata', async () => {
    await create({ update: undefined });
    const installed = async () =>
      (
        await desk.database.query(`select tgname from pg_trigger where tgname like 'notify%' order by 1`)
      ).rows.map(({ tgname }) => tgname);
    expect(await installed()).toEqual(['notify_hasura_books_DELETE', 'notify_hasura_books_INSERT']);
    await desk.database.query('drop trigger "notify_hasura_books_DELETE" on book');
    await open();
    expect(await installed()).toEqual(['notify_hasura_books_DELETE', 'notify_hasura_books_INSERT']);
    expect(await create({ insert: undefined, delete: undefined, replace: true })).toEqual(success);
    expect(await installed()).toEqual(['notify_hasura_books_UPDATE']);
    await api('pg_delete_event_trigger', { name: 'books' });
    expect(await installed()).toEqual([]);
    const { rows } = await desk.database.query(
      `select proname from pg_proc where proname like 'notify_hasura%'`,
    );
    expect(rows).toEqual([]);
  });

  it('archives what still waits when its trigger goes', async () => {
    await create({ retry_conf: { num_retries: 1, interval_sec: 3600 } });
    desk.receiver.answer = () => ({ status: 500 });
    await desk.database.query('insert into book values (1)');
    await expect.poll(() => desk.reports).toHaveLength(1);
    await api('delete_event_trigger', { name: 'books' });
    expect(await log('archived')).toEqual([{ archived: true }]);
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
    await desk.database.query(`insert into book values (1, 'Emma'); update book set name = 'Persuasion'`);
    await desk.receiver.until((calls) => calls.length === 2);
    expect(events()[1]?.data.new).toEqual({ id: '1', name: 'Persuasion' });
    await api('run_sql', { sql: 'alter table book drop column name', cascade: true });
    await desk.database.query('insert into book values (2)');
    expect(await log('trigger_name')).toHaveLength(2);
  });

  it('is invoked by hand, where allowed', async () => {
    await create({ enable_manual: true, insert: undefined, update: undefined, delete: undefined });
    const answer = (await api('pg_invoke_event_trigger', { name: 'books', payload: { any: ['thing'] } })) as {
      event_id: string;
    };
    await desk.receiver.until((calls) => calls.length === 1);
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
    desk.receiver.answer = () => ({ status: 500 });
    await desk.database.query('insert into book values (1)');
    await settled();
    const [event] = (await api('pg_get_event_logs', { name: 'books', status: 'processed' })) as {
      id: string;
    }[];
    expect(event).toMatchObject({ trigger_name: 'books', error: true, tries: 1 });
    expect(await api('pg_get_event_logs', { name: 'books', status: 'pending' })).toEqual([]);

    desk.receiver.answer = () => ({});
    expect(await api('pg_redeliver_event', { event_id: event?.id })).toEqual(success);
    await desk.receiver.until((calls) => calls.length === 2);
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
    await desk.database.query('update hdb_catalog.event_log set locked = now()');
    expect(await api('redeliver_event', { event_id: event?.id })).toMatchObject({ code: 'busy' });
  });
});
