import { expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { testWebhookTransform } from './test-webhook-transform.ts';

const run = async (args: Record<string, unknown>): Promise<unknown> => {
  try {
    return await testWebhookTransform({} as never, args, 1);
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    return { code: thrown.code, error: thrown.message, internal: thrown.internal };
  }
};

it('shows what a transform makes of a call, with variables of its own', async () => {
  expect(
    await run({
      webhook_url: '{{HOST}}/base',
      env: { HOST: 'http://host', KEY: 'k' },
      body: { input: { id: 3 } },
      session_variables: { 'X-Hasura-User-Id': '7' },
      request_headers: [['X-Key', '{{KEY}}']],
      request_transform: {
        version: 2,
        method: 'POST',
        url: `{{ $base_url }}/{{ $session_variables['x-hasura-user-id'] }}`,
        query_params: { id: '{{ $body.input.id }}' },
        body: { action: 'transform', template: '{"id": {{ $body.input.id }}}' },
      },
    }),
  ).toEqual({
    webhook_url: 'http://host/base/7?id=3',
    method: 'POST',
    headers: [['x-key', 'k']],
    body: { id: 3 },
  });
});

it('tells what is wrong with a transform, its values, its variables or its URL', async () => {
  const webhook_url = 'http://host';
  const refused = { code: 'validation-failed', error: 'request transform validation failed' };
  expect(await run({ webhook_url, request_transform: { body: '{{ $nope }}' } })).toMatchObject({
    ...refused,
    internal: [{ path: 'body', message: expect.stringContaining('$nope is unknown here') }],
  });
  expect(await run({ webhook_url, body: {}, request_transform: { body: '{{ $body.nope }}' } })).toMatchObject(
    {
      ...refused,
      internal: [{ error_code: 'TemplateEvaluation', message: "there is no $body['nope']" }],
    },
  );
  expect(await run({ webhook_url: 'nowhere', request_transform: {} })).toMatchObject(refused);
  expect(await run({ webhook_url: { from_env: 'PATH' }, request_transform: {} })).toMatchObject({
    code: 'not-found',
    error: 'Missing Env Var',
  });
  expect(await run({ webhook_url, env: { A: 1 }, request_transform: {} })).toMatchObject({
    code: 'parse-failed',
  });
});
