import { evaluateKriti, type KritiValues } from '../kriti/evaluate.ts';
import { KritiError, type KritiNode } from '../kriti/types.ts';
import type { CompiledRequestTransform, CompiledResponseTransform, TemplatePair } from './compile.ts';

/** A webhook call before or after a transform. */
export interface TransformableRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What the templates of a request are given. */
export interface RequestContext {
  /** The payload the engine would send by itself. */
  readonly body: unknown;
  readonly baseUrl: string;
  readonly sessionVariables: Readonly<Record<string, string>> | null;
}

/** What the template of an answer is given, beside what its request was given. */
export interface ResponseContext extends RequestContext {
  readonly responseBody: unknown;
  readonly responseStatus: number;
}

/** Changes a call as its transform says. Throws KritiError where the templates do not fit the values. */
export function applyRequestTransform(
  transform: CompiledRequestTransform,
  request: TransformableRequest,
  context: RequestContext,
): TransformableRequest {
  const values = valuesOf(context, {
    $body: context.body,
    $base_url: context.baseUrl,
    $query_params: queryOf(request.url),
  });
  const text = (node: KritiNode): string => evaluateKriti(node, values) as string;
  const headers: Record<string, string> = { ...request.headers };
  for (const name of transform.removeHeaders) delete headers[name];
  if (transform.contentType !== null) headers['content-type'] = transform.contentType;
  for (const [name, value] of transform.addHeaders) headers[name] = text(value);
  return {
    method: transform.method ?? request.method,
    url: applyQuery(transform.url ? checkUrl(text(transform.url)) : request.url, transform.query, text),
    headers,
    body: applyBody(transform.body, request.body, values, text),
  };
}

/** Changes an answer's body as its transform says; an unchanged one comes back as it is. Throws KritiError. */
export function applyResponseTransform(
  transform: CompiledResponseTransform,
  text: string,
  context: ResponseContext,
): string {
  if (transform.body === null) return text;
  if (transform.body.kind === 'none') return 'null';
  const values = valuesOf(context, {
    $body: context.responseBody,
    $base_url: context.baseUrl,
    $request: { body: context.body },
    $response: { status: context.responseStatus },
  });
  return JSON.stringify(evaluateKriti(transform.body.template, values));
}

function valuesOf(context: RequestContext, variables: Readonly<Record<string, unknown>>): KritiValues {
  const { sessionVariables } = context;
  return {
    variables: { ...variables, $session_variables: sessionVariables },
    functions: {
      getSessionVariable(name) {
        const key = typeof name === 'string' ? name.toLowerCase() : '';
        if (sessionVariables && Object.hasOwn(sessionVariables, key)) return sessionVariables[key];
        throw new KritiError(`there is no session variable ${key}`);
      },
    },
  };
}

function queryOf(url: string): Record<string, string> | null {
  const query = URL.parse(url)?.searchParams;
  return query && query.size > 0 ? Object.fromEntries(query) : null;
}

function checkUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^https?:$/.test(parsed.protocol)) return url;
  throw new KritiError('the url is no http(s) URL');
}

function applyQuery(
  url: string,
  query: CompiledRequestTransform['query'],
  text: (node: KritiNode) => string,
): string {
  if (query === null) return url;
  const changed = new URL(url);
  changed.search = isPairs(query) ? encodePairs(query, text) : text(query);
  return changed.href;
}

function isPairs(query: NonNullable<CompiledRequestTransform['query']>): query is readonly TemplatePair[] {
  return Array.isArray(query);
}

/** Pairs as a URL writes them; one whose name or value came out as null is left away, as by the reference. */
function encodePairs(pairs: readonly TemplatePair[], text: (node: KritiNode) => string): string {
  return pairs
    .flatMap(([nameTemplate, valueTemplate]) => {
      const name = text(nameTemplate);
      const value = valueTemplate === null ? null : text(valueTemplate);
      if (name === 'null' || value === 'null') return [];
      const escaped = encodeURIComponent(name);
      return [value === null ? escaped : `${escaped}=${encodeURIComponent(value)}`];
    })
    .join('&');
}

function applyBody(
  body: CompiledRequestTransform['body'],
  unchanged: string | null,
  values: KritiValues,
  text: (node: KritiNode) => string,
): string | null {
  switch (body?.kind) {
    case undefined:
      return unchanged;
    case 'none':
      return null;
    case 'json':
      return JSON.stringify(evaluateKriti(body.template, values));
    case 'form':
      return encodePairs(body.fields, text);
  }
}
