import { describe, expect, it } from 'vitest';
import { applyRequestTransform, applyResponseTransform, type TransformableRequest } from './apply.ts';
import { findTransformProblems } from './check-transforms.ts';
import { compileRequestTransform, compileResponseTransform } from './compile.ts';

const request: TransformableRequest = {
  method: 'POST',
  url: 'https://host/base?kept=1',
  headers: { 'content-type': 'application/json', 'x-old': 'old' },
  body: '{"input":{"name":"Ada & co","id":7}}',
};
const context = {
  body: { input: { name: 'Ada & co', id: 7 } },
  baseUrl: request.url,
  sessionVariables: { 'x-hasura-role': 'reader', 'x-hasura-user-id': '7' },
};

function transform(raw: object) {
  const { transform: compiled, mistakes } = compileRequestTransform(raw);
  expect(mistakes).toEqual([]);
  if (compiled === null) throw new Error('unreachable');
  return applyRequestTransform(compiled, request, context);
}

const mistakesOf = (raw: object) =>
  compileRequestTransform(raw).mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a request transform', () => {
  it('that asks for nothing changes nothing', () => {
    expect(transform({ version: 2, template_engine: 'Kriti', query_params: {} })).toEqual(request);
  });

  it('changes method, url, query, headers and body', () => {
    expect(
      transform({
        version: 2,
        method: 'put',
        url: 'https://other/{{ $body.input.id }}/{{ escapeUri($body.input.name) }}',
        query_params: {
          user: "{{ $session_variables['x-hasura-user-id'] }}",
          name: '{{ $body.input.name }}',
          gone: '{{ $body.input?.missing }}',
          alone: null,
        },
        content_type: 'application/vnd.api+json',
        request_headers: {
          add_headers: { 'X-Role': "{{ getSessionVariable('X-Hasura-Role') }}" },
          remove_headers: ['X-Old'],
        },
        body: { action: 'transform', template: '{"who": {{ $body.input.name }}, "base": {{ $base_url }}}' },
      }),
    ).toEqual({
      method: 'PUT',
      url: 'https://other/7/Ada%20%26%20co?user=7&name=Ada%20%26%20co&alone',
      headers: { 'content-type': 'application/vnd.api+json', 'x-role': 'reader' },
      body: '{"who":"Ada & co","base":"https://host/base?kept=1"}',
    });
  });

  it('writes forms, removes bodies, and takes version 1 with a bare body', () => {
    const form = { name: '{{ $body.input.name }}', gone: '{{ $body.input?.missing }}' };
    expect(
      transform({ version: 2, body: { action: 'x_www_form_urlencoded', form_template: form } }),
    ).toMatchObject({
      body: 'name=Ada%20%26%20co',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(transform({ version: 2, method: 'GET', body: { action: 'remove' } }).body).toBeNull();
    expect(transform({ body: '[{{ $body.input.id }}]' }).body).toBe('[7]');
    expect(transform({ query_params: 'a={{ $query_params.kept }}' }).url).toBe('https://host/base?a=1');
  });

  it('fails where the url it makes is none', () => {
    expect(() => transform({ url: 'file:///etc/{{ $body.input.id }}' })).toThrow('no http(s) URL');
    expect(() => transform({ url: '{{ $body.input.name }}' })).toThrow('no http(s) URL');
  });

  it('is refused beyond what it can do, with the place', () => {
    expect(mistakesOf({ template_engine: 'Go' })).toEqual([
      'template_engine: Kriti is the only template engine',
    ]);
    expect(mistakesOf({ version: 3 })).toEqual(['version: expected 1 or 2']);
    expect(mistakesOf({ version: 2, body: '{}' })).toHaveLength(1);
    expect(mistakesOf({ version: 2, bodi: '{}' })).toEqual(['bodi: this key is not known']);
    expect(mistakesOf({ version: 2, body: { action: 'transform', template: '{{ $event.id }}' } })).toEqual([
      'body.template: the template cannot be used: $event is unknown here; known are $body, $base_url, $session_variables, $query_params (line 1, column 4)',
    ]);
    expect(
      mistakesOf({ method: 'BREW', url: '{{', content_type: 'application/x-www-form-urlencoded' }),
    ).toEqual([
      'method: BREW is none of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS',
      'content_type: application/x-www-form-urlencoded needs version 2 and a body with action x_www_form_urlencoded',
      'url: the template cannot be used: expected a value (line 1, column 3)',
    ]);
    expect(mistakesOf({ request_headers: { add_headers: { 'Content-Length': '1' } } })).toEqual([
      'request_headers.add_headers.Content-Length: a webhook call cannot have this header',
    ]);
  });
});

describe('a response transform', () => {
  it('makes a new body of the answer, its status and the request', () => {
    const { transform: compiled } = compileResponseTransform({
      version: 2,
      body: {
        action: 'transform',
        template:
          '{"id": {{ $body.user.id }}, "ok": {{ $response.status == 200 }}, "for": {{ $request.body.input.id }}}',
      },
    });
    if (compiled === null) throw new Error('the transform is refused');
    const answer = applyResponseTransform(compiled, '{"user":{"id":3}}', {
      ...context,
      responseBody: { user: { id: 3 } },
      responseStatus: 200,
    });
    expect(JSON.parse(answer)).toEqual({ id: 3, ok: true, for: 7 });
  });
});

it('mistakes are found wherever metadata may hold a transform, by what holds it', async () => {
  const definition = { response_transform: { body: '{' } };
  const trigger = { name: 't', request_transform: { url: '{{ x }}' } };
  const cron = { request_transform: { url: '{{ x }}' } };
  const found = await findTransformProblems({
    actions: [
      { name: 'a', definition },
      { name: 'fine', definition: { request_transform: { method: 'GET' } } },
    ],
    sources: [{ tables: [{ event_triggers: [trigger] }] }],
    cron_triggers: [cron],
  });
  expect([...found]).toEqual([
    [definition, expect.stringMatching(/^response_transform\.body: the template cannot be used: /)],
    [
      trigger,
      expect.stringMatching(/^request_transform\.url: the template cannot be used: x is unknown here/),
    ],
    [cron, expect.stringMatching(/^request_transform\.url: the template cannot be used: x is unknown here/)],
  ]);
});
