import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toGraphQLError } from '../errors.ts';
import type { Metadata } from '../metadata/types.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

const actions: Partial<Metadata> = {
  actions: [
    {
      name: 'publish',
      definition: {
        handler: '{{HANDLER_URL}}/publish',
        type: 'mutation',
        kind: 'synchronous',
        arguments: [
          { name: 'articleId', type: 'Int!' },
          { name: 'options', type: 'PublishOptions' },
          { name: 'labels', type: '[String!]' },
        ],
        output_type: 'PublishPayload!',
        headers: [{ name: 'X-Action-Secret', value_from_env: 'SECRET' }],
        forward_client_headers: true,
        timeout: 1,
      },
      permissions: [{ role: 'reader' }],
    },
    {
      name: 'publishAll',
      definition: { handler: '{{HANDLER_URL}}/publish', output_type: '[PublishPayload!]!' },
      permissions: [{ role: 'reader' }],
    },
  ],
  custom_types: {
    input_objects: [
      {
        name: 'PublishOptions',
        fields: [
          { name: 'mode', type: 'Mode!' },
          { name: 'at', type: 'timestamptz' },
        ],
      },
    ],
    enums: [{ name: 'Mode', values: [{ value: 'quiet' }, { value: 'loud' }] }],
    objects: [
      {
        name: 'PublishPayload',
        fields: [
          { name: 'success', type: 'Boolean!' },
          { name: 'articleId', type: 'Int!' },
          { name: 'detail', type: 'PublishDetail' },
        ],
        relationships: [
          {
            name: 'article',
            type: 'object',
            remote_table: { schema: 'public', name: 'article' },
            field_mapping: { articleId: 'id' },
          },
          {
            name: 'alike',
            type: 'array',
            remote_table: { schema: 'public', name: 'article' },
            field_mapping: { articleId: 'author_id' },
          },
        ],
      },
      { name: 'PublishDetail', fields: [{ name: 'words', type: '[String!]' }] },
    ],
  },
};

interface Call {
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

describe('synchronous actions', () => {
  let engine: Engine;
  let handler: Server;
  let calls: Call[];
  let reply: { status: number; body: string; headers?: Record<string, string>; never?: boolean };

  beforeAll(async () => {
    handler = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      calls.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      if (reply.never) return;
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
    await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve));
    const { port } = handler.address() as AddressInfo;
    const environment = { HANDLER_URL: `http://127.0.0.1:${port}`, SECRET: 'a secret of sixteen' };
    engine = (await openPublishingHouse(actions, { environment })).engine;
  });
  beforeEach(() => {
    calls = [];
    reply = { status: 200, body: '{"success": true, "articleId": 1, "extra": "never shown"}' };
  });
  afterAll(async () => {
    await engine.close();
    handler.closeAllConnections();
    handler.close();
  });

  async function run(query: string, variables?: Record<string, unknown>, role = 'reader') {
    const headers = {
      'x-custom': 'kept',
      host: 'dropped',
      'x-hasura-admin-secret': 'dropped',
      'x-action-secret': 'forged',
    };
    try {
      const answer = await engine.execute(
        { query, variables },
        sessionFor(role, { 'x-hasura-user-id': '7' }),
        {
          headers,
          requestId: 'r-1',
        },
      );
      return JSON.parse(answer.body) as unknown;
    } catch (error) {
      return { errors: [toGraphQLError(error as EngineError, false)] };
    }
  }

  it('send the payload of the reference and shape the answer to the selection', async () => {
    const query = `mutation ($id: Int!) {
      publish(articleId: $id, options: {mode: loud}, labels: "one") { __typename ok: success detail { words } article { title author { name } } }
    }`;
    reply.body = '{"success": true, "articleId": 1, "detail": {"words": ["a"], "more": 1}}';
    expect(await run(query, { id: 1 })).toEqual({
      data: {
        publish: {
          __typename: 'PublishPayload',
          ok: true,
          detail: { words: ['a'] },
          article: { title: 'Alpha', author: { name: 'Ada' } },
        },
      },
    });
    expect(calls[0]?.body).toEqual({
      action: { name: 'publish' },
      input: { articleId: 1, options: { mode: 'loud' }, labels: ['one'] },
      session_variables: { 'x-hasura-role': 'reader', 'x-hasura-user-id': '7' },
      request_query: query,
    });
    expect(calls[0]?.headers).toMatchObject({ 'x-custom': 'kept', 'x-action-secret': 'a secret of sixteen' });
    expect(calls[0]?.headers).not.toHaveProperty('x-hasura-admin-secret');
  });

  it('fill relationships in under the role’s own row filter', async () => {
    reply.body =
      '[{"success": true, "articleId": 3}, {"success": true, "articleId": 2}, {"success": false, "articleId": 1}]';
    expect(await run('mutation { publishAll { success article { title } } }')).toEqual({
      data: {
        publishAll: [
          { success: true, article: { title: 'Gamma' } },
          { success: true, article: null },
          { success: false, article: { title: 'Alpha' } },
        ],
      },
    });
  });

  it.each([
    [
      'extensions go to the client as they are',
      400,
      '{"message": "No.", "extensions": {"code": "REFUSED", "more": 1}}',
      { message: 'No.', extensions: { code: 'REFUSED', more: 1 } },
    ],
    [
      'a bare code gets its path',
      409,
      '{"message": "No.", "code": "taken"}',
      { message: 'No.', extensions: { path: '$', code: 'taken' } },
    ],
    [
      'a 5xx is hidden',
      500,
      '{"message": "secret detail"}',
      { message: 'internal error', extensions: { path: '$', code: 'unexpected' } },
    ],
    [
      'a redirect is not followed',
      302,
      '{}',
      { message: 'internal error', extensions: { path: '$', code: 'unexpected' } },
    ],
    [
      'an answer that is no JSON',
      200,
      '<html>',
      { message: 'not a valid json response from webhook', extensions: { path: '$', code: 'unexpected' } },
    ],
    [
      'a missing non-null field',
      200,
      '{"articleId": 1}',
      {
        message: 'field "success" expected in webhook response, but not found',
        extensions: { path: '$', code: 'unexpected' },
      },
    ],
  ])('%s', async (_name, status, body, error) => {
    reply = { status, body, headers: { location: 'http://127.0.0.1:1/' } };
    expect(await run('mutation { publish(articleId: 1) { success } }')).toEqual({ errors: [error] });
    expect(calls).toHaveLength(1);
  });

  it('read variables inside literals below a relationship anew at every request', async () => {
    const query = `mutation ($tag: String) {
      publish(articleId: 1) { alike(where: {tags: {_contains: [$tag]}}) { id } }
    }`;
    const articlesOf = '{ article(where: {author_id: {_eq: 1}}) { id tags } }';
    const { data } = (await run(articlesOf, {}, 'admin')) as {
      data: { article: { id: number; tags: string[] }[] };
    };
    const articles = data.article;
    const tags = [...new Set(articles.flatMap((article) => article.tags)), 'none at all'];
    expect(tags.length).toBeGreaterThan(1);
    for (const tag of tags) {
      const alike = articles.filter((article) => article.tags.includes(tag)).map(({ id }) => ({ id }));
      expect(await run(query, { tag }, 'admin')).toEqual({ data: { publish: { alike } } });
    }
  });

  it('aggregate the rows that an output leads to, and list them, in one statement', async () => {
    const query = `mutation { publish(articleId: 1) {
      alike { id }
      of_it: alike_aggregate(where: {id: {_gt: 0}}) { aggregate { count } nodes { id } }
    } }`;
    const answer = (await run(query, {}, 'admin')) as { data: { publish: Record<string, unknown> } };
    const alike = answer.data.publish.alike as readonly unknown[];
    expect(alike.length).toBeGreaterThan(0);
    expect(answer.data.publish.of_it).toEqual({ aggregate: { count: alike.length }, nodes: alike });
  });

  it('give up after their timeout', async () => {
    reply = { status: 200, body: '', never: true };
    expect(await run('mutation { publish(articleId: 1) { success } }')).toEqual({
      errors: [
        { message: 'http exception when calling webhook', extensions: { path: '$', code: 'unexpected' } },
      ],
    });
  });

  it('are never called with arguments that the schema refuses, nor by another role', async () => {
    expect(await run('mutation { publish { success } }')).toHaveProperty('errors');
    expect(await run('mutation { publish(articleId: "x") { success } }')).toHaveProperty('errors');
    expect(
      await run('mutation { publish(articleId: 1, options: {mode: shrill}) { success } }'),
    ).toHaveProperty('errors');
    expect(await run('mutation { publish(articleId: 1) { success } }', undefined, 'writer')).toHaveProperty(
      'errors',
    );
    expect(calls).toEqual([]);
  });

  it('check variables anew at every request, also when the plan is known', async () => {
    const query = 'mutation ($id: Int!) { publish(articleId: $id) { success } }';
    expect(await run(query, { id: 1 })).toHaveProperty('data');
    expect(await run(query, { id: 'one' })).toHaveProperty('errors');
    expect(calls).toHaveLength(1);
  });
});
