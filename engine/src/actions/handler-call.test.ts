import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../auth/session.ts';
import type { Engine, RequestContext } from '../engine-types.ts';
import { asEngineError, toGraphQLError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ActionMetadata, Metadata } from '../metadata/types.ts';
import { startTestHandler, type TestHandler } from '../testing/action-handler.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

type Definition = ActionMetadata['definition'];

const action = (name: string, definition: Partial<Definition>): ActionMetadata => ({
  name,
  definition: { handler: '{{HANDLER_URL}}/handle', type: 'query', output_type: 'Copy', ...definition },
  permissions: [{ role: 'reader' }],
});

const metadata: Partial<Metadata> = {
  actions: [
    action('copy', {
      arguments: [{ name: 'id', type: 'Int' }],
      headers: [
        { name: 'X-Secret', value_from_env: 'SECRET' },
        { name: 'X-Static', value: 'for {{WHOM}}' },
      ],
    }),
    action('forwarding', {
      forward_client_headers: true,
      headers: [{ name: 'Authorization', value: 'ours' }],
    }),
    action('count', { output_type: 'Int!' }),
    action('names', { output_type: '[String!]' }),
    action('anything', { output_type: 'json' }),
    action('copies', { output_type: '[Copy!]!' }),
    action('lost', { handler: '{{NOT_SET}}/x' }),
    action('unsigned', { headers: [{ name: 'X-Secret', value_from_env: 'NOT_SET' }] }),
    action('rest', {
      arguments: [{ name: 'id', type: 'Int!' }],
      request_transform: {
        version: 2,
        template_engine: 'Kriti',
        method: 'PUT',
        url: '{{ $base_url }}/copies/{{ $body.input.id }}',
        query_params: { user: "{{ $session_variables['x-hasura-user-id'] }}" },
        request_headers: {
          add_headers: { 'X-Added': '{{ $body.action.name }}' },
          remove_headers: ['x-request-id'],
        },
        body: { action: 'transform', template: '{"copy": {"id": {{ $body.input.id }}}}' },
      },
      response_transform: {
        version: 2,
        body: {
          action: 'transform',
          template:
            '{{ if $response.status == 404 }} {"message": "no such copy", "code": "gone"} {{ else }} {"id": {{ $body.data.nr }}, "state": "bound"} {{ end }}',
        },
      },
    }),
    action('broken', { request_transform: { body: '{{ $body.input.missing }}' } }),
  ],
  custom_types: {
    enums: [{ name: 'State', values: [{ value: 'bound' }, { value: 'loose' }] }],
    objects: [
      {
        name: 'Copy',
        fields: [
          { name: 'id', type: 'Int!' },
          { name: 'state', type: 'State' },
          { name: 'parts', type: '[Part!]' },
        ],
        relationships: [
          {
            name: 'articles',
            type: 'array',
            remote_table: 'article',
            field_mapping: { id: 'author_id' },
          },
        ],
      },
      {
        name: 'Part',
        fields: [
          { name: 'pages', type: 'Int!' },
          { name: 'next', type: 'Part' },
        ],
      },
    ],
  },
};

describe('a handler', () => {
  let handler: TestHandler;
  let engine: Engine;
  const lines: Record<string, unknown>[] = [];
  const log: Log = {
    isOn: () => true,
    event: (type, _level, detail) => {
      if (type === 'action-handler-log') lines.push(detail);
    },
  };

  beforeAll(async () => {
    handler = await startTestHandler();
    const environment = { HANDLER_URL: handler.url, SECRET: 'a secret of sixteen', WHOM: 'us' };
    ({ engine } = await openPublishingHouse(metadata, { environment, log }));
  });
  beforeEach(() => {
    handler.calls.length = 0;
    lines.length = 0;
    handler.reply = () => ({ body: '{"id": 1}' });
  });
  afterAll(async () => {
    await engine.close();
    handler.close();
  });

  const reader = sessionFor('reader', { 'x-hasura-user-id': '7' });

  async function ask(
    query: string,
    { session = reader, headers = {} }: { session?: Session; headers?: RequestContext['headers'] } = {},
  ): Promise<unknown> {
    try {
      const answer = await engine.execute({ query }, session, { headers, requestId: 'r-1' });
      return {
        ...(JSON.parse(answer.body) as object),
        ...(answer.setCookie ? { setCookie: answer.setCookie } : {}),
      };
    } catch (thrown) {
      return { errors: [toGraphQLError(asEngineError(thrown), session.isAdmin)] };
    }
  }
  const refusal = (message: string, code = 'unexpected') => ({
    errors: [{ message, extensions: { path: '$', code } }],
  });

  it('is told of by name, sizes and status in the log, and never by what was said', async () => {
    await ask('{ copy(id: 123456) { id } }');
    expect(lines).toEqual([
      {
        action_name: 'copy',
        request_id: 'r-1',
        request_size: expect.any(Number),
        response_size: 9,
        status: 200,
      },
    ]);
    expect(engine.stats().actions).toMatchObject({ calls: expect.any(Number), running: 0 });
  });

  it('gets configured headers, with values out of the environment', async () => {
    await ask('{ copy { id } }', { headers: { authorization: 'theirs', cookie: 'c=1' } });
    const headers = handler.calls[0]?.headers ?? {};
    expect(headers).toMatchObject({
      'x-secret': 'a secret of sixteen',
      'x-static': 'for us',
      'content-type': 'application/json',
      'x-request-id': 'r-1',
    });
    expect(Object.keys(headers)).not.toContain('authorization');
    expect(Object.keys(headers)).not.toContain('cookie');
  });

  it('gets the client’s headers where it asks for them: none of the connection, none of the session', async () => {
    await ask('{ forwarding { id } }', {
      headers: {
        authorization: 'theirs',
        cookie: 'c=1',
        'x-custom': 'kept',
        'x-hasura-admin-secret': 'never',
        'x-hasura-user-id': 'forged',
        'accept-language': 'de',
        'content-length': '9999',
        'transfer-encoding': 'chunked',
        host: 'engine.example',
        origin: 'https://app.example',
        'user-agent': 'browser',
      },
    });
    const headers = handler.calls[0]?.headers ?? {};
    expect(headers).toMatchObject({
      authorization: 'ours',
      cookie: 'c=1',
      'x-custom': 'kept',
      'x-forwarded-host': 'engine.example',
      'x-forwarded-origin': 'https://app.example',
      'x-forwarded-user-agent': 'browser',
    });
    for (const name of ['x-hasura-admin-secret', 'x-hasura-user-id', 'accept-language', 'origin']) {
      expect(headers).not.toHaveProperty(name);
    }
    expect(headers.host).toBe(new URL(handler.url).host);
    expect(headers['content-length']).not.toBe('9999');
  });

  it('sets cookies, but only when it succeeds', async () => {
    const headers = { 'set-cookie': ['a=1', 'b=2'], 'x-other': 'never' };
    handler.reply = () => ({ headers, body: '{"id": 1}' });
    expect(await ask('{ copy { id } }')).toEqual({ data: { copy: { id: 1 } }, setCookie: ['a=1', 'b=2'] });
    handler.reply = () => ({ headers, status: 400, body: '{"message": "No."}' });
    expect(await ask('{ copy { id } }')).toEqual(refusal('No.'));
  });

  it('is shown to admin with its call when its answer does not fit, secrets left out', async () => {
    handler.reply = () => ({ body: '{"state": "bound"}', headers: { 'X-MiXed': 'Case' } });
    const message = 'field "id" expected in webhook response, but not found';
    expect(await ask('{ copy(id: 5) { id } }')).toEqual(refusal(message));
    expect(await ask('{ copy(id: 5) { id } }', { session: sessionFor('admin') })).toEqual({
      errors: [
        {
          message,
          extensions: {
            path: '$',
            code: 'unexpected',
            internal: {
              error: 'unexpected response',
              request: {
                url: '{{HANDLER_URL}}/handle',
                headers: [
                  { name: 'X-Secret', value_from_env: 'SECRET' },
                  { name: 'X-Static', value: 'for {{WHOM}}' },
                ],
                body: {
                  action: { name: 'copy' },
                  input: { id: 5 },
                  session_variables: { 'x-hasura-role': 'admin' },
                },
              },
              response: {
                status: 200,
                body: { state: 'bound' },
                headers: expect.arrayContaining([{ name: 'X-MiXed', value: 'Case' }]),
              },
            },
          },
        },
      ],
    });
  });

  it.each([
    [
      'copy { id }',
      '"text"',
      'expecting object or array of objects for action webhook response',
      'parse-failed',
    ],
    ['copy { id }', '[{"id": 1}]', 'expecting object for action webhook response but got array'],
    ['copies { id }', '{"id": 1}', 'expecting array for action webhook response but got object'],
    ['copies { id }', 'null', 'expecting not null value for the action webhook response'],
    ['copies { id }', '[null]', 'expecting not null value for the action webhook response'],
    ['copy { state }', '{"id": null}', 'expecting not null value for field "id"'],
    [
      'copy { id }',
      '{"id": 1, "state": "torn"}',
      '"torn" is no value of the enum State in the action webhook response, in field "state"',
    ],
    ['copy { id }', '{"id": 1, "parts": [{}]}', 'field "pages" expected in webhook response, but not found'],
    [
      'copy { id }',
      '{"id": 1, "parts": {}}',
      'expecting array for action webhook response but got object, in field "parts"',
    ],
    ['count', '"3"', 'got scalar String for the action webhook response, expecting Int'],
    ['names', '["a", 1]', 'got scalar Number for the action webhook response, expecting String'],
    ['copy { id }', '{', 'not a valid json response from webhook'],
  ])('that answers { %s } by %s is refused', async (query, body, message, code?: string) => {
    handler.reply = () => ({ body });
    expect(await ask(`{ ${query} }`)).toEqual(refusal(message, code));
  });

  it('may answer scalars, lists of them, free JSON, objects in objects, or nothing', async () => {
    const answered = async (query: string, reply: { status?: number; body: string }) => {
      handler.reply = () => reply;
      return ((await ask(`{ it: ${query} }`)) as { data?: { it: unknown } }).data?.it;
    };
    expect(await answered('count', { body: '3' })).toBe(3);
    expect(await answered('names', { body: '["a", "b"]' })).toEqual(['a', 'b']);
    expect(await answered('anything', { body: '{"a": [1, {}]}' })).toEqual({ a: [1, {}] });
    expect(await answered('copy { id }', { body: 'null' })).toBeNull();
    expect(await answered('copy { id }', { status: 204, body: '' })).toBeNull();
    expect(
      await answered('copy { parts { pages next { pages next { pages } } } }', {
        body: '{"id": 1, "parts": [{"pages": 1, "next": {"pages": 2, "next": null}}]}',
      }),
    ).toEqual({ parts: [{ pages: 1, next: { pages: 2, next: null } }] });
  });

  it('has rows beside each of its objects, filtered as the client asks and the role may', async () => {
    handler.reply = () => ({ body: '[{"id": 1}, {"id": 99}]' });
    expect(await ask('{ copies { id articles(order_by: {id: asc}, limit: 1) { title } } }')).toEqual({
      data: {
        copies: [
          { id: 1, articles: [{ title: 'Alpha' }] },
          { id: 99, articles: [] },
        ],
      },
    });
  });

  it('is not called when a variable of the environment is missing', async () => {
    const missing = refusal("environment variable 'NOT_SET' not set", 'not-found');
    expect(await ask('{ lost { id } }')).toEqual(missing);
    expect(await ask('{ unsigned { id } }')).toEqual(missing);
    expect(handler.calls).toEqual([]);
  });

  it('may be an API of another shape, to both sides of which transforms speak', async () => {
    handler.reply = () => ({ body: '{"data": {"nr": 4}}' });
    expect(await ask('{ rest(id: 4) { id state } }')).toEqual({ data: { rest: { id: 4, state: 'bound' } } });
    const [call] = handler.calls;
    expect(call).toMatchObject({
      method: 'PUT',
      url: '/handle/copies/4?user=7',
      body: { copy: { id: 4 } },
      headers: { 'x-added': 'rest' },
    });
    expect(call?.headers).not.toHaveProperty('x-request-id');
    handler.reply = () => ({ status: 404, body: '<html>' });
    expect(await ask('{ rest(id: 4) { id } }')).toEqual(refusal('no such copy', 'gone'));
  });

  it('is not called when a transform does not fit what was asked', async () => {
    expect(await ask('{ broken { id } }')).toEqual(refusal('Request Transformation Failed'));
    expect(await ask('{ broken { id } }', { session: sessionFor('admin') })).toMatchObject({
      errors: [{ extensions: { internal: { error: "there is no $body['input']['missing']" } } }],
    });
    expect(handler.calls).toEqual([]);
  });

  it('is called for each root field of a query', async () => {
    handler.reply = ({ body }) => ({ body: `{"id": ${(body as { input: { id: number } }).input.id}}` });
    expect(await ask('{ one: copy(id: 1) { id } two: copy(id: 2) { id } __typename }')).toEqual({
      data: { one: { id: 1 }, two: { id: 2 }, __typename: 'query_root' },
    });
  });
});
