/** A test server whose every answer is held against its own OpenAPI document. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { bearerOf, createAdmin, openFeature, type TestAdmin } from '../../testing/people.ts';
import { type Answer, startTestServer, type TestServer } from '../../testing/test-server.ts';
import type { EndpointDescription } from '../endpoint.ts';
import { ENDPOINTS } from '../endpoints.ts';
import type { OpenApiDocument, ResponseObject } from '../open-api.ts';

/** Headers of a call. */
export type Headers = Record<string, string>;

/** What a call of an operation says beside its name. */
export interface Call {
  /** Those left out are the id of nothing. */
  readonly params?: Record<string, string>;
  /** With its question mark. */
  readonly query?: string;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: Headers;
}

/** An id that nothing has. */
export const UNKNOWN = '00000000-0000-4000-8000-000000000000';

/** What no answer may show: traces, SQL, and what tests hide inside. */
const INTERNALS = / at [^ ]*\.ts|select |MARKED|users_gone/;

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));

/** The server, its document, and what of the document has been seen. */
export class RestContract {
  readonly server: TestServer;
  readonly document: OpenApiDocument;
  readonly admin: TestAdmin;
  readonly asAdmin: Headers;
  readonly #seen = new Set<string>();

  private constructor(server: TestServer, document: OpenApiDocument, admin: TestAdmin, asAdmin: Headers) {
    this.server = server;
    this.document = document;
    this.admin = admin;
    this.asAdmin = asAdmin;
  }

  /** Starts a server with one administrator and the feature on; the caller stops it. */
  static async start(): Promise<RestContract> {
    const server = await startTestServer();
    await openFeature(server.admin);
    const admin = await createAdmin(server.admin);
    const { body } = await server.send('/api/openapi.json');
    return new RestContract(server, body, admin, await bearerOf(server.config, admin));
  }

  /** Calls an operation and holds its answer against the document. */
  async call(
    operationId: string,
    { params = {}, query = '', json, body, headers = {} }: Call,
  ): Promise<Answer> {
    const endpoint = ENDPOINTS.find((one) => one.operationId === operationId)!;
    const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? UNKNOWN);
    const answer = await this.server.send(`/api${path}${query}`, {
      method: endpoint.method.toUpperCase(),
      headers,
      ...(json === undefined ? {} : { json }),
      ...(body === undefined ? {} : { body }),
    });
    const key = keyOf(operationId, answer.status, answer.status >= 400 ? answer.body.code : '-');
    expect(this.#listed([endpoint])).toContain(key);
    if (answer.status !== 304 && answer.headers.get('content-type')?.startsWith('application/json')) {
      const validate = this.validatorOf(this.#responsesOf(endpoint)[answer.status]!);
      validate(answer.body);
      expect({ key, errors: validate.errors ?? [] }).toEqual({ key, errors: [] });
    }
    expect(JSON.stringify(answer.body)).not.toMatch(INTERNALS);
    this.#seen.add(key);
    return answer;
  }

  /** What the document lists for these operations and no call has met yet. */
  unseen(endpoints: readonly EndpointDescription[]): string[] {
    return this.#listed(endpoints).filter((key) => !this.#seen.has(key));
  }

  /** The shape of a JSON response, with the named ones that it refers to. */
  validatorOf(response: ResponseObject): ValidateFunction {
    const { schema } = response.content!['application/json']!;
    return ajv.compile({ ...schema, components: this.document.components });
  }

  /** Every status and code of these operations. */
  #listed(endpoints: readonly EndpointDescription[]): string[] {
    return endpoints.flatMap((endpoint) =>
      Object.entries(this.#responsesOf(endpoint)).flatMap(([status, response]) =>
        codesIn(response).map((code) => keyOf(endpoint.operationId, status, code)),
      ),
    );
  }

  #responsesOf({ path, method }: EndpointDescription): Readonly<Record<string, ResponseObject>> {
    return this.document.paths[`/api${path}`]![method]!.responses;
  }
}

function keyOf(operationId: string, status: number | string, code: string): string {
  return `${operationId} ${status} ${code}`;
}

/** The codes of an error; what is no error has none. */
function codesIn(response: ResponseObject): readonly string[] {
  const properties = response.content?.['application/json']?.schema.properties;
  return (properties as { code?: { enum: string[] } } | undefined)?.code?.enum ?? ['-'];
}
