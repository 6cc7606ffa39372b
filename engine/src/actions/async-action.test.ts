import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Session } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine, EngineOptions } from '../engine-types.ts';
import type { Metadata } from '../metadata/types.ts';
import { startTestHandler, type TestHandler } from '../testing/action-handler.ts';
import { openPublishingHouse, publishingHouseMetadata, sessionFor } from '../testing/publishing-house.ts';

const change: Partial<Metadata> = {
  actions: [
    {
      name: 'print',
      definition: {
        kind: 'asynchronous',
        handler: '{{HANDLER_URL}}/print',
        arguments: [{ name: 'articleId', type: 'Int!' }],
        output_type: 'PrintOutput!',
        forward_client_headers: true,
        timeout: 1,
      },
      permissions: [{ role: 'reader' }],
    },
    {
      name: 'bind',
      definition: { kind: 'asynchronous', handler: '{{HANDLER_URL}}/bind', output_type: 'Int' },
    },
  ],
  custom_types: {
    objects: [
      {
        name: 'PrintOutput',
        fields: [
          { name: 'articleId', type: 'Int!' },
          { name: 'pages', type: 'Int' },
        ],
        relationships: [
          {
            name: 'article',
            type: 'object',
            remote_table: 'article',
            field_mapping: { articleId: 'id' },
          },
        ],
      },
    ],
  },
};

const metadata: Metadata = { ...publishingHouseMetadata(), ...change };
const BIN = fileURLToPath(new URL('../../bin/hasura-engine.js', import.meta.url));

const reader = sessionFor('reader', { 'x-hasura-user-id': '7' });
const admin = sessionFor('admin');
const context = {
  headers: { 'x-custom': 'kept', cookie: 'c=1', 'x-hasura-user-id': 'forged' },
  requestId: 'r',
};

describe('asynchronous actions', () => {
  let handler: TestHandler;
  let engine: Engine;
  let database: TestDatabase;
  let options: Partial<EngineOptions>;

  beforeAll(async () => {
    handler = await startTestHandler();
    options = {
      environment: { HANDLER_URL: handler.url },
      asyncActions: { fetchIntervalMs: 20, shutdownGraceMs: 50 },
      liveQueries: { refetchIntervalMs: 20 },
    };
    ({ engine, database } = await openPublishingHouse(change, options));
  });
  beforeEach(() => {
    handler.calls.length = 0;
    handler.reply = () => ({ body: '{"articleId": 1, "pages": 3, "extra": true}' });
  });
  afterAll(async () => {
    await engine.close();
    handler.close();
  });

  async function ask(query: string, session: Session, variables = {}, on = engine) {
    const { body } = await on.execute({ query, variables }, session, context);
    return (JSON.parse(body) as { data: Record<string, unknown> }).data;
  }
  const start = async (session: Session, on = engine) =>
    (await ask('mutation { print(articleId: 1) }', session, {}, on)).print as string;
  const resultQuery =
    'query ($id: uuid!) { print(id: $id) { id created_at errors output { pages article { title } } } }';
  const result = async (id: string, session: Session, on = engine) =>
    (await ask(resultQuery, session, { id }, on)).print as { errors: unknown; output: unknown } | null;
  /** Asks until the handler's answer, good or bad, is there. */
  async function outcome(id: string, session: Session, on = engine) {
    for (;;) {
      const found = await result(id, session, on);
      if (found === null || found.output !== null || found.errors !== null) return found;
    }
  }

  it('answer an id at once, and the output with its relationships when the handler is done', async () => {
    const id = await start(reader);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await outcome(id, reader)).toEqual({
      id,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      errors: null,
      output: { pages: 3, article: { title: 'Alpha' } },
    });
    expect(handler.calls).toHaveLength(1);
    expect(handler.calls[0]).toMatchObject({
      url: '/print',
      headers: { 'x-custom': 'kept', cookie: 'c=1', 'x-request-id': id },
      body: {
        action: { name: 'print' },
        input: { articleId: 1 },
        session_variables: { 'x-hasura-role': 'reader', 'x-hasura-user-id': '7' },
      },
    });
    expect(handler.calls[0]?.headers).not.toHaveProperty('x-hasura-user-id');
  });

  it('end with an error where the answer is JSON that Postgres cannot hold', async () => {
    handler.reply = () => ({ body: '{"articleId": 1, "extra": "\\u0000"}' });
    const errors: unknown[] = [];
    const other = await createEngine({
      databaseUrl: database.url,
      metadata,
      ...options,
      onBackgroundError: (error) => errors.push(error.message),
    });
    onTestFinished(() => other.close());
    await engine.close();
    onTestFinished(async () => {
      engine = await createEngine({ databaseUrl: database.url, metadata, ...options });
    });
    const id = await start(reader, other);
    expect(await outcome(id, reader, other)).toMatchObject({
      errors: { error: 'the answer cannot be stored', code: 'unexpected' },
      output: null,
    });
    expect(errors).toHaveLength(1);
    expect(handler.calls).toHaveLength(1);
  });

  it('are private to the session that started them; admin sees all', async () => {
    const id = await start(reader);
    await outcome(id, reader);
    expect(await result(id, sessionFor('reader', { 'x-hasura-user-id': '8' }))).toBeNull();
    expect(await result(id, sessionFor('reader'))).toBeNull();
    expect(await result(id, admin)).toMatchObject({ output: { pages: 3 } });
    expect(await ask('query ($id: uuid!) { bind(id: $id) { output } }', admin, { id })).toEqual({
      bind: null,
    });
  });

  it('exist only for roles with the permission', async () => {
    await expect(start(sessionFor('writer'))).rejects.toThrow('field "print"');
    await expect(ask('mutation { bind }', reader)).rejects.toThrow(
      `field "bind" not found in type: 'mutation_root'`,
    );
    await expect(ask(`{ bind(id: "${crypto.randomUUID()}") { id } }`, reader)).rejects.toThrow(
      'field "bind"',
    );
  });

  it.each([
    [
      'a refusal',
      { status: 400, body: '{"message": "No.", "code": "nope"}' },
      { code: 'nope', error: 'No.' },
    ],
    ['a 5xx', { status: 500, body: '{}' }, { code: 'unexpected', error: 'internal error' }],
    [
      'a wrong output',
      { body: '{"pages": 1}' },
      { code: 'unexpected', error: 'field "articleId" expected in webhook response, but not found' },
    ],
    ['silence', null, { code: 'unexpected', error: 'http exception when calling webhook' }],
  ])('keep %s of the handler as errors, with details for admin alone', async (_name, reply, error) => {
    handler.reply = () => reply;
    const id = await start(reader);
    expect(await outcome(id, reader)).toMatchObject({ errors: { ...error, path: '$' }, output: null });
    expect(await result(id, reader)).not.toHaveProperty('errors.internal');
    const told = (await result(id, admin))?.errors as { internal?: { error: unknown } };
    if (reply === null)
      expect(told.internal?.error).toEqual({ type: 'http_exception', message: 'ResponseTimeout' });
    else if (reply.body?.includes('message') === false)
      expect(told.internal?.error).toBe('unexpected response');
  });

  it('can be watched live, until their output is there and beyond', async () => {
    let finish: (() => void) | undefined;
    handler.reply = async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { body: '{"articleId": 1, "pages": 9}' };
    };
    const id = await start(reader);
    await handler.called(1);
    const seen: string[] = [];
    let wake = (): void => undefined;
    const subscription = await engine.subscribe(
      {
        query: 'subscription ($id: uuid!) { print(id: $id) { output { pages } errors } }',
        variables: { id },
      },
      reader,
      context,
      {
        next: (json) => {
          seen.push(json);
          wake();
        },
        error: (error) => seen.push(error.message),
        complete: () => undefined,
      },
    );
    onTestFinished(() => subscription.stop());
    const states = (count: number) =>
      new Promise<void>((resolve) => {
        wake = () => seen.length >= count && resolve();
        wake();
      });
    await states(1);
    finish?.();
    await states(2);
    expect(seen).toEqual([
      '{"data":{"print":{"output":null,"errors":null}}}',
      '{"data":{"print":{"output":{"pages":9},"errors":null}}}',
    ]);
  });

  it('are called once although several engines look for work', async () => {
    await Promise.all([open(), open()]);
    const ids = await Promise.all(Array.from({ length: 30 }, () => start(reader)));
    for (const id of ids) await outcome(id, reader);
    expect(handler.calls.map(({ headers }) => headers['x-request-id']).sort()).toEqual([...ids].sort());
  });

  it('go on when the connection is lost that says who works on them', async () => {
    let finish: (() => void) | undefined;
    handler.reply = () =>
      new Promise((resolve) => {
        finish = () => resolve({ body: '{"articleId": 1, "pages": 6}' });
      });
    const id = await start(reader);
    await handler.called(1);
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'hasura-engine async actions' AND datname = current_database()`,
    );
    finish?.();
    expect(await outcome(id, reader)).toMatchObject({ output: { pages: 6 } });
    expect(handler.calls).toHaveLength(1);
    const next = await start(reader);
    await handler.called(2);
    finish?.();
    expect(await outcome(next, reader)).toMatchObject({ output: { pages: 6 } });
  });

  it('are given back by an engine that ends, and done by the next', async () => {
    const first = await openPublishingHouse(change, options);
    handler.reply = () => null;
    const id = await start(reader, first.engine);
    await handler.called(1);
    await first.engine.close();
    const { rows } = await first.database.query('SELECT status FROM hdb_catalog.hdb_action_log');
    expect(rows).toEqual([{ status: 'created' }]);
    handler.reply = () => ({ body: '{"articleId": 1, "pages": 4}' });
    const next = await open(first.database.url);
    expect(await outcome(id, reader, next)).toMatchObject({ output: { pages: 4 } });
    expect(handler.calls.map(({ headers }) => headers['x-request-id'])).toEqual([id, id]);
  });

  it('survive a kill of the engine that waits for their handler', async () => {
    const { engine: first, database: own } = await openPublishingHouse();
    await first.runMetadataRequest({ type: 'replace_metadata', args: metadata }, admin);
    await first.close();
    handler.reply = () => null;
    const child = fork(BIN, ['serve'], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HANDLER_URL: handler.url,
        HASURA_GRAPHQL_DATABASE_URL: own.url,
        HASURA_GRAPHQL_SERVER_PORT: '0',
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const response = await fetch(`http://127.0.0.1:${port}/v1/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query: 'mutation { print(articleId: 1) }' }),
    });
    const id = ((await response.json()) as { data: { print: string } }).data.print;
    await handler.called(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    handler.reply = () => ({ body: '{"articleId": 1, "pages": 2}' });
    const next = await open(own.url);
    expect(await outcome(id, admin, next)).toMatchObject({ output: { pages: 2 } });
    expect(handler.calls.map(({ headers }) => headers['x-request-id'])).toEqual([id, id]);
  });

  /** One more engine, closed with the test. */
  async function open(databaseUrl = database.url): Promise<Engine> {
    const other = await createEngine({ databaseUrl, metadata, ...options });
    onTestFinished(() => other.close());
    return other;
  }
});
