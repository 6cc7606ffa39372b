import type { z } from 'zod';
import { type Problem, problemsOf } from '../../metadata/check-shape.ts';
import { basicFunctions } from '../kriti/functions.ts';
import { parseKriti, parseKritiText } from '../kriti/parse.ts';
import { KritiError, type KritiNode, type KritiScope } from '../kriti/types.ts';
import { type RequestTransform, type ResponseTransform, requestSchema, responseSchema } from './schema.ts';

/** A name and the text that belongs to it; null stands for a name alone. */
export type TemplatePair = readonly [name: KritiNode, value: KritiNode | null];

/** A `request_transform` with its templates parsed; null for what it leaves as it is. */
export interface CompiledRequestTransform {
  readonly method: string | null;
  readonly url: KritiNode | null;
  readonly query: readonly TemplatePair[] | KritiNode | null;
  readonly contentType: string | null;
  readonly removeHeaders: readonly string[];
  readonly addHeaders: readonly (readonly [name: string, value: KritiNode])[];
  readonly body: CompiledBody | null;
}

/** What becomes of a body. */
export type CompiledBody =
  | { readonly kind: 'json'; readonly template: KritiNode }
  | { readonly kind: 'form'; readonly fields: readonly TemplatePair[] }
  | { readonly kind: 'none' };

/** A `response_transform` with its template parsed. */
export interface CompiledResponseTransform {
  readonly body: Exclude<CompiledBody, { kind: 'form' }> | null;
}

type Compiled<Transform> =
  | { readonly transform: Transform; readonly mistakes: readonly [] }
  | { readonly transform: null; readonly mistakes: readonly Problem[] };

const functions: ReadonlySet<string> = new Set([...Object.keys(basicFunctions), 'getSessionVariable']);

const requestScope: KritiScope = {
  variables: new Set(['$body', '$base_url', '$session_variables', '$query_params']),
  functions,
};

const responseScope: KritiScope = {
  variables: new Set(['$body', '$base_url', '$session_variables', '$request', '$response']),
  functions,
};

/** Headers that say how the message itself is cut and carried: the HTTP client's own business. */
const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
]);
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const FORM = 'application/x-www-form-urlencoded';

/** Parses a `request_transform`, or says what is wrong with it. */
export function compileRequestTransform(raw: unknown): Compiled<CompiledRequestTransform> {
  return compile(raw, requestSchema(raw), requestScope, readRequest);
}

/** Parses a `response_transform`, or says what is wrong with it. */
export function compileResponseTransform(raw: unknown): Compiled<CompiledResponseTransform> {
  return compile(raw, responseSchema(raw), responseScope, readResponse);
}

/** Collects mistakes while templates are parsed. */
class TemplateReader {
  readonly mistakes: Problem[] = [];
  readonly #scope: KritiScope;

  constructor(scope: KritiScope) {
    this.#scope = scope;
  }

  refuse(path: readonly (string | number)[], message: string): void {
    this.mistakes.push({ path, message });
  }

  json(text: string, ...path: string[]): KritiNode {
    return this.#parse(parseKriti, text, path);
  }

  text(text: string, ...path: string[]): KritiNode {
    return this.#parse(parseKritiText, text, path);
  }

  #parse(parse: typeof parseKriti, text: string, path: readonly string[]): KritiNode {
    try {
      return parse(text, this.#scope);
    } catch (thrown) {
      if (!(thrown instanceof KritiError)) throw thrown;
      this.refuse(path, `the template cannot be used: ${thrown.message}`);
      return { kind: 'literal', value: null };
    }
  }
}

function compile<Given, Transform>(
  raw: unknown,
  schema: z.ZodType<Given>,
  scope: KritiScope,
  read: (given: Given, reader: TemplateReader) => Transform,
): Compiled<Transform> {
  const shape = schema.safeParse(raw);
  if (!shape.success) {
    return { transform: null, mistakes: shape.error.issues.flatMap((issue) => problemsOf(issue)) };
  }
  const reader = new TemplateReader(scope);
  const transform = read(shape.data, reader);
  return reader.mistakes.length > 0
    ? { transform: null, mistakes: reader.mistakes }
    : { transform, mistakes: [] };
}

function readRequest(given: RequestTransform, read: TemplateReader): CompiledRequestTransform {
  const method = given.method?.toUpperCase() ?? null;
  if (method !== null && !METHODS.has(method)) {
    read.refuse(['method'], `${given.method} is none of ${[...METHODS].join(', ')}`);
  }
  const body = readBody(given, read);
  const contentType = given.content_type ?? (body?.kind === 'form' ? FORM : null);
  if (given.content_type === FORM && body?.kind !== 'form') {
    read.refuse(['content_type'], `${FORM} needs version 2 and a body with action x_www_form_urlencoded`);
  }
  const addHeaders = Object.entries(given.request_headers?.add_headers ?? {}).map(([name, value]) => {
    if (FRAMING.has(name.toLowerCase()) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      read.refuse(['request_headers', 'add_headers', name], 'a webhook call cannot have this header');
    }
    return [name.toLowerCase(), read.text(value, 'request_headers', 'add_headers', name)] as const;
  });
  return {
    method,
    url: given.url ? read.text(given.url, 'url') : null,
    query: readQuery(given.query_params ?? null, read),
    contentType,
    removeHeaders: (given.request_headers?.remove_headers ?? []).map((name) => name.toLowerCase()),
    addHeaders,
    body,
  };
}

function readQuery(
  given: NonNullable<RequestTransform['query_params']> | null,
  read: TemplateReader,
): CompiledRequestTransform['query'] {
  if (given === null) return null;
  if (typeof given === 'string') return read.text(given, 'query_params');
  const pairs = Object.entries(given);
  return pairs.length === 0
    ? null
    : pairs.map(([name, value]) => readPair(name, value, read, 'query_params'));
}

function readPair(name: string, value: string | null, read: TemplateReader, ...path: string[]): TemplatePair {
  return [read.text(name, ...path, name), value === null ? null : read.text(value, ...path, name)];
}

function readBody(given: RequestTransform, read: TemplateReader): CompiledBody | null {
  const { body } = given;
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return { kind: 'json', template: read.json(body, 'body') };
  switch (body.action) {
    case 'remove':
      return { kind: 'none' };
    case 'transform':
      return { kind: 'json', template: read.json(body.template, 'body', 'template') };
    case 'x_www_form_urlencoded':
      return {
        kind: 'form',
        fields: Object.entries(body.form_template).map(([name, value]) =>
          readPair(name, value, read, 'body', 'form_template'),
        ),
      };
  }
}

function readResponse(given: ResponseTransform, read: TemplateReader): CompiledResponseTransform {
  const { body } = given;
  if (body === undefined || body === null) return { body: null };
  if (typeof body === 'string') return { body: { kind: 'json', template: read.json(body, 'body') } };
  return body.action === 'remove'
    ? { body: { kind: 'none' } }
    : { body: { kind: 'json', template: read.json(body.template, 'body', 'template') } };
}
