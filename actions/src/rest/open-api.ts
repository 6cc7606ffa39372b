/** The OpenAPI 3.1 document, made from the endpoints and the very schemas that validate. */

import { ERROR_CODES, type ErrorCode, statusOf } from '../errors.ts';
import { codesOf, type EndpointDescription, readsBody } from './endpoint.ts';
import { errorAnswer } from './error-answer.ts';
import { type Components, type JsonSchema, toJsonSchema } from './open-api-schemas.ts';

/** What an operation may answer with one status. */
export interface ResponseObject {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** A parameter of an operation. */
export interface ParameterObject {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: JsonSchema;
}

/** A method of a path. */
export interface OperationObject {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string | undefined;
  readonly security: readonly object[];
  readonly parameters?: readonly ParameterObject[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** The document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: object;
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
    readonly securitySchemes: object;
  };
}

const JSON_TYPE = 'application/json';

/** Makes the document. Addresses in it are relative: who reads it is on the right server already. */
export function openApiDocument(endpoints: readonly EndpointDescription[]): OpenApiDocument {
  const components: Components = new Map();
  // It has a name, so that converting it makes it a component.
  toJsonSchema(errorAnswer, 'output', components);
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const endpoint of endpoints) {
    paths[`/api${endpoint.path}`] ??= {};
    paths[`/api${endpoint.path}`]![endpoint.method] = operationOf(endpoint, components);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tierline REST API',
      version: '1',
      description:
        'Tier upgrades for integrators who do not speak GraphQL: the same rules, codes and limits as the GraphQL mutations.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Sessions', description: 'Tokens and passwords.' },
      { name: 'Vendors’ requests', description: 'What a vendor does with its own requests.' },
      { name: 'Review', description: 'What administrators do.' },
    ],
    paths,
    components: {
      schemas: Object.fromEntries(components),
      responses: {
        NotFound: errorResponse('There is nothing at this path.', ['INVALID_INPUT']),
        MethodNotAllowed: errorResponse('The path knows other methods: see the header Allow.', [
          'INVALID_INPUT',
        ]),
      },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a session.',
        },
      },
    },
  };
}

function operationOf(endpoint: EndpointDescription, components: Components): OperationObject {
  const { operationId, tag, summary, description, body, isBodyOptional = false } = endpoint;
  const parameters = parametersOf(endpoint, components);
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: endpoint.roles.length > 0 ? [{ bearer: [] }] : [],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !isBodyOptional,
            content: { [JSON_TYPE]: { schema: toJsonSchema(body, 'input', components) } },
          },
        }),
    responses: responsesOf(endpoint, components),
  };
}

function parametersOf({ params, query }: EndpointDescription, components: Components): ParameterObject[] {
  return (['path', 'query'] as const).flatMap((place) => {
    const schema = place === 'path' ? params : query;
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = toJsonSchema(schema, 'input', components);
    return Object.entries(properties).map(([name, property]): ParameterObject => {
      const { description, ...own } = property as JsonSchema;
      return {
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        ...(description === undefined ? {} : { description }),
        schema: own,
      };
    });
  });
}

function responsesOf(endpoint: EndpointDescription, components: Components): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {
    [endpoint.answer.status]: answerOf(endpoint, components),
  };
  if (isCacheable(endpoint)) {
    responses[304] = {
      description: 'Unchanged since the ETag in If-None-Match.',
      headers: { ...CACHE_HEADERS, ...limitHeaders(endpoint) },
    };
  }
  const codes = [...codesOf(endpoint)];
  for (const status of new Set(codes.map(statusOf))) {
    const ofStatus = codes.filter((code) => statusOf(code) === status);
    const text = ofStatus.map((code) => `${code}: ${ERROR_CODES[code]}`).join(' ');
    responses[status] = errorResponse(text, ofStatus, status === 429 ? RETRY_HEADERS : {});
  }
  if (readsBody(endpoint)) {
    responses[413] = errorResponse('The body is over 100 kB.', ['INVALID_INPUT']);
    responses[415] = errorResponse('The body is not JSON in UTF-8, sent as application/json.', [
      'INVALID_INPUT',
    ]);
  }
  return responses;
}

function answerOf(endpoint: EndpointDescription, components: Components): ResponseObject {
  const { description, schema } = endpoint.answer;
  const headers = { ...(isCacheable(endpoint) ? CACHE_HEADERS : {}), ...limitHeaders(endpoint) };
  const content: ResponseObject['content'] =
    schema === undefined
      ? { 'text/csv': { schema: { type: 'string' } } }
      : { [JSON_TYPE]: { schema: toJsonSchema(schema, 'output', components) } };
  return { description, ...(Object.keys(headers).length === 0 ? {} : { headers }), content };
}

function errorResponse(
  description: string,
  codes: readonly ErrorCode[],
  headers: Record<string, object> = {},
): ResponseObject {
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Error' }],
    properties: { code: { enum: [...codes] } },
  };
  return {
    description,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { [JSON_TYPE]: { schema } },
  };
}

function isCacheable({ method, answer }: EndpointDescription): boolean {
  return method === 'get' && answer.schema !== undefined;
}

const count = (description: string) => ({ description, schema: { type: 'integer', minimum: 0 } });

const LIMIT_HEADERS = {
  'RateLimit-Limit': count('Calls in a window.'),
  'RateLimit-Remaining': count('Calls that are left in this one.'),
  'RateLimit-Reset': count('Seconds until the next one.'),
  'X-RateLimit-Remaining': count('The same as RateLimit-Remaining.'),
};
const RETRY_HEADERS = { ...LIMIT_HEADERS, 'Retry-After': count('Seconds to wait.') };
const CACHE_HEADERS = {
  ETag: { description: 'Send it back in If-None-Match.', schema: { type: 'string' } },
  'Cache-Control': { description: 'private, no-cache', schema: { type: 'string' } },
};

function limitHeaders({ isLimited }: EndpointDescription): Record<string, object> {
  return isLimited ? LIMIT_HEADERS : {};
}
