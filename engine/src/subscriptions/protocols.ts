import { CloseCode, DEPRECATED_GRAPHQL_WS_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { EngineError, toApiError, toGraphQLError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';

/**
 * The two ways to speak GraphQL over a WebSocket, each as an encoder for what the engine says. Results are
 * JSON text already and are put into their message as they are; graphql-ws' own server would want to
 * parse and execute itself, so only its protocol constants are used here.
 */

/** What a client can say, in either protocol. */
export type ClientMessage =
  | { readonly kind: 'init'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'start'; readonly id: string; readonly payload: unknown }
  | { readonly kind: 'stop'; readonly id: string }
  | { readonly kind: 'ping'; readonly payload: unknown }
  | { readonly kind: 'pong' }
  | { readonly kind: 'terminate' };

/** A message that is none of the protocol. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}

/** How to close a socket after a failure. */
export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** One subprotocol. `null` stands for "nothing is sent". */
export interface Protocol {
  readonly name: string;
  readonly types: Readonly<Record<string, ClientMessage['kind']>>;
  /** What answers an accepted `connection_init`. */
  readonly acknowledgement: readonly string[];
  readonly keepAlive: string;
  pong(payload: unknown): string | null;
  data(id: string, json: string): string;
  complete(id: string): string;
  /** Messages for an operation that was refused before it ran. */
  refused(id: string, error: EngineError, showInternal: boolean): readonly string[];
  /** Messages for an operation that failed while it ran; it is over then. */
  failed(id: string, error: EngineError, showInternal: boolean): readonly string[];
  /** What precedes the close after a failed `connection_init`, and the close. */
  initFailed(error: EngineError): { readonly message: string | null; readonly closing: Closing };
  /** What a message that is none of the protocol leads to. */
  badMessage(reason: string): { readonly message: string | null; readonly closing: Closing | null };
  /** A second operation under an id in use: closes the socket, or only refuses the operation (null). */
  readonly duplicateId: ((id: string) => Closing) | null;
  /** An operation before the connection was initialised, likewise. */
  readonly notInitialised: Closing | null;
}

function errorsOf(error: EngineError, showInternal: boolean): string {
  return JSON.stringify([toGraphQLError(error, showInternal)]);
}

/** A result that failed, as `data` or `next` carry it. */
export function encodeFailedResult(error: EngineError, showInternal: boolean): string {
  return `{"data":null,"errors":${errorsOf(error, showInternal)}}`;
}

/** A close reason may be 123 bytes at most. */
export function closeReason(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 123) return text;
  // The last character may have been cut in two.
  const cut = bytes.subarray(0, 120).toString('utf8');
  return cut.endsWith('\uFFFD') ? cut.slice(0, cut.indexOf('\uFFFD', cut.length - 3)) : cut;
}

/** https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export const transportWs: Protocol = {
  name: GRAPHQL_TRANSPORT_WS_PROTOCOL,
  types: {
    connection_init: 'init',
    subscribe: 'start',
    complete: 'stop',
    ping: 'ping',
    pong: 'pong',
  },
  acknowledgement: ['{"type":"connection_ack"}'],
  keepAlive: '{"type":"ping","payload":{"message":"keepalive"}}',
  pong: (payload) => JSON.stringify({ type: 'pong', ...(payload === undefined ? {} : { payload }) }),
  data: (id, json) => `{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`,
  complete: (id) => `{"id":${JSON.stringify(id)},"type":"complete"}`,
  refused: (id, error, showInternal) => [
    `{"id":${JSON.stringify(id)},"type":"error","payload":${errorsOf(error, showInternal)}}`,
  ],
  failed: (id, error, showInternal) => transportWs.refused(id, error, showInternal),
  initFailed: (error) => ({
    message: null,
    closing: { code: CloseCode.Forbidden, reason: closeReason(error.message) },
  }),
  badMessage: (reason) => ({
    message: null,
    closing: { code: CloseCode.BadRequest, reason: closeReason(`Parsing client message failed: ${reason}`) },
  }),
  duplicateId: (id) => ({
    code: CloseCode.SubscriberAlreadyExists,
    reason: closeReason(`Subscriber for ${id} already exists`),
  }),
  notInitialised: { code: CloseCode.Unauthorized, reason: 'Unauthorized' },
};

/** subscriptions-transport-ws, which Hasura's clients used first; spoken also to those that offer no subprotocol. */
function legacyWs(style: 'graphql' | 'legacy'): Protocol {
  const protocol: Protocol = {
    name: DEPRECATED_GRAPHQL_WS_PROTOCOL,
    types: {
      connection_init: 'init',
      start: 'start',
      stop: 'stop',
      connection_terminate: 'terminate',
    },
    // From the first sign of life on clients wait for others, and miss them when the engine has gone.
    acknowledgement: ['{"type":"connection_ack"}', '{"type":"ka"}'],
    keepAlive: '{"type":"ka"}',
    pong: () => null,
    data: (id, json) => `{"type":"data","id":${JSON.stringify(id)},"payload":${json}}`,
    complete: (id) => `{"type":"complete","id":${JSON.stringify(id)}}`,
    refused: (id, error, showInternal) => {
      const payload =
        style === 'legacy'
          ? JSON.stringify(toApiError(error, showInternal))
          : error.code === 'start-failed'
            ? JSON.stringify(toGraphQLError(error, showInternal))
            : `{"errors":${errorsOf(error, showInternal)}}`;
      return [`{"type":"error","id":${JSON.stringify(id)},"payload":${payload}}`, protocol.complete(id)];
    },
    failed: (id, error, showInternal) => {
      const errors =
        style === 'legacy'
          ? `[${JSON.stringify(toApiError(error, showInternal))}]`
          : errorsOf(error, showInternal);
      return [protocol.data(id, `{"data":null,"errors":${errors}}`), protocol.complete(id)];
    },
    initFailed: (error) => ({
      message: `{"type":"connection_error","payload":${JSON.stringify(error.message)}}`,
      closing: {
        code: CloseCode.BadRequest,
        reason: closeReason(`Connection initialization failed: ${error.message}`),
      },
    }),
    badMessage: (reason) => ({
      message: `{"type":"connection_error","payload":${JSON.stringify(`parsing ClientMessage failed: ${reason}`)}}`,
      closing: null,
    }),
    duplicateId: null,
    notInitialised: null,
  };
  return protocol;
}

const legacyGraphQL = legacyWs('graphql');
const legacyAlpha = legacyWs('legacy');

/** The protocol for a connection, by what it agreed on and by its path. */
export function selectProtocol(subprotocol: string, path: string): Protocol {
  if (subprotocol === GRAPHQL_TRANSPORT_WS_PROTOCOL) return transportWs;
  return path === '/v1alpha1/graphql' ? legacyAlpha : legacyGraphQL;
}

/** Reads a message; throws BadMessage with a sentence about what is wrong. */
export function readMessage(protocol: Protocol, text: string, maxDepth: number): ClientMessage {
  let value: unknown;
  try {
    value = parseJson(text, maxDepth);
  } catch (thrown) {
    throw new BadMessage(thrown instanceof EngineError ? thrown.message : 'the message is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new BadMessage('the message is not an object');
  const { type, id, payload } = value as Record<string, unknown>;
  const kind =
    typeof type === 'string' && Object.hasOwn(protocol.types, type) ? protocol.types[type] : undefined;
  switch (kind) {
    case undefined:
      throw new BadMessage('the message has no type of this protocol');
    case 'init':
      return { kind, headers: readInitHeaders(payload) };
    case 'start':
      if (payload === undefined) throw new BadMessage('the message has no payload');
      return { kind, id: readId(id), payload };
    case 'stop':
      return { kind, id: readId(id) };
    case 'ping':
      return { kind, payload };
    default:
      return { kind };
  }
}

function readId(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw new BadMessage('the message has no id');
  return id;
}

/** `payload.headers` of `connection_init`, names in lower case. */
function readInitHeaders(payload: unknown): Readonly<Record<string, string>> {
  if (payload === undefined || payload === null) return {};
  if (typeof payload !== 'object') throw new BadMessage('the payload of connection_init is not an object');
  const { headers } = payload as { headers?: unknown };
  if (headers === undefined || headers === null) return {};
  if (typeof headers !== 'object' || Array.isArray(headers)) {
    throw new BadMessage('the headers of connection_init are not an object');
  }
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string')
      throw new BadMessage(`the header ${name} of connection_init is not a text`);
    read[name.toLowerCase()] = value;
  }
  return read;
}
