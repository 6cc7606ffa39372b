import { describe, expect, it } from 'vitest';
import { sessionFor } from '../testing/publishing-house.ts';
import { success, triggerDesk } from '../testing/trigger-desk.ts';

describe('event triggers', () => {
  const desk = triggerDesk();
  const { create, mutate, payloads, events, log, settled } = desk;

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
    await desk.database.query(
      `insert into book (id, title, notes) values (1, 'deep', ('${'['.repeat(depth)}${']'.repeat(depth)}')::json)`,
    );
    await desk.database.query(`insert into book (id, title) values (2, 'flat')`);
    await settled();
    expect(events().map(({ data }) => data.new)).toMatchObject([{ id: '2' }]);
    expect((await log('error')).map(({ error }) => error)).toEqual([true, false]);
    expect(desk.errors).toEqual([]);
  });

  it('keeps the triggers that one engine has just made while another still follows those before', async () => {
    await desk.open();
    for (let round = 0; round < 4; round += 1) {
      const names = ['a', 'b', 'c'].map((letter) => `books_${letter}${round}`);
      for (const name of names) await create({ name });
      await mutate(`insert_book_one(object: {id: ${round}}) { id }`);
      const told = await log('trigger_name');
      expect(told.map(({ trigger_name }) => trigger_name)).toEqual(expect.arrayContaining(names));
    }
    await settled();
  });

  it('tells a webhook of every row written, with who wrote it', async () => {
    expect(await create()).toEqual(success);
    await mutate(
      'insert_book_one(object: {id: "9007199254740993", title: "Emma", price: "1.50"}) { id }',
      sessionFor('admin', { 'x-hasura-user-id': '7' }),
    );
    await desk.receiver.until((calls) => calls.length === 1);
    await mutate('update_book(where: {}, _set: {title: "Persuasion"}) { affected_rows }');
    await desk.receiver.until((calls) => calls.length === 2);
    await mutate('delete_book(where: {}) { affected_rows }');
    await desk.receiver.until((calls) => calls.length === 3);

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
    expect(desk.receiver.calls[0]?.text).toContain('"price": 1.50');
    expect(desk.receiver.calls[0]).toMatchObject({
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
    const pool = desk.database.pool({ max: 1 });
    await pool.query(`begin; select set_config('hasura.user', '{"x-hasura-role": "user"}', true); rollback`);
    await pool.query(`insert into book values (1, 'Emma')`);
    await desk.receiver.until((calls) => calls.length === 1);
    expect(events()).toMatchObject([{ session_variables: null, trace_context: null }]);
  });

  it('lets a role write that may do no more than insert into the event log', async () => {
    await create({ update: { columns: ['title'], payload: ['id', 'title'] } });
    const role = `writer_${desk.database.name}`;
    await desk.database.query(`create role ${role} login password 'writer'`);
    try {
      await desk.database.query(`grant select, insert, update on book to ${role}`);
      const url = new URL(desk.database.url);
      url.username = role;
      url.password = 'writer';
      const pool = desk.database.pool({ connectionString: url.href, max: 1 });
      await expect(pool.query(`insert into book values (1, 'Emma')`)).rejects.toThrow(
        /permission denied for schema hdb_catalog/,
      );
      await desk.database.query(`
        grant usage on schema hdb_catalog to ${role}; grant insert on hdb_catalog.event_log to ${role}`);
      await pool.query(`insert into book values (1, 'Emma')`);
      await pool.query(`update book set title = 'Persuasion'`);
      await desk.receiver.until((calls) => calls.length === 2);
      expect(events()[1]?.data).toEqual({
        old: { id: '1', title: 'Emma' },
        new: { id: '1', title: 'Persuasion' },
      });
      await expect(pool.query('select * from hdb_catalog.event_log')).rejects.toThrow(/permission denied/);
      await pool.end();
    } finally {
      await desk.database.query(`drop owned by ${role}; drop role ${role}`);
    }
  });

  it('minds only the columns it is told to, and tells only those it is to tell', async () => {
    await create({ insert: undefined, update: { columns: ['title', 'notes'], payload: ['price'] } });
    await desk.database.query(`insert into book values (1, 'Emma', 2, '{"a": 1}')`);
    await desk.database.query('update book set price = 3');
    await desk.database.query(`update book set notes = '{"a": 1}', title = 'Emma'`);
    await desk.database.query(`update book set notes = '{"a": 2}', price = 4`);
    await settled();
    expect(events().map(({ op, data }) => ({ op, ...data }))).toEqual([
      { op: 'UPDATE', old: { price: 3 }, new: { price: 4 } },
    ]);
  });

  it('outlives a migration that drops a column and goes on writing', async () => {
    await create();
    await desk.database.query(`alter table book drop column price; insert into book values (1, 'Emma')`);
    await desk.receiver.until((calls) => calls.length === 1);
    expect(events()[0]?.data.new).toEqual({ id: '1', title: 'Emma', notes: null });
  });

  it('sends the headers of the metadata, and keeps values of the environment out of the log', async () => {
    await create({
      headers: [
        { name: 'X-Plain', value: 'plain' },
        { name: 'X-Secret', value_from_env: 'HOOK_SECRET' },
      ],
    });
    desk.receiver.answer = () => ({ status: 201, headers: { 'x-answer': 'yes' }, body: 'thank you' });
    await desk.database.query('insert into book values (1)');
    await settled();
    expect(desk.receiver.calls[0]?.headers).toMatchObject({ 'x-plain': 'plain', 'x-secret': 'from-env' });
    const { rows } = await desk.database.query('select * from hdb_catalog.event_invocation_logs');
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
    await desk.receiver.until((calls) => calls.length === 1);
    expect(desk.receiver.calls[0]).toMatchObject({
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
    expect(desk.receiver.calls).toHaveLength(1);
  });
});
