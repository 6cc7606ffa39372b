import { forwardedHeaders } from '../webhook/client-headers.ts';
import { jsonOrText } from '../webhook/json-body.ts';
import type { WebhookResponse } from '../webhook/send.ts';
import type { TransformableRequest } from '../webhook/transform/apply.ts';
import type { ActionCall } from './types.ts';

/** What `internal` of an error tells the admin about a handler's call, as the reference words it. */
export interface CallDetails {
  /** Remembers what the request became. */
  transformed(request: TransformableRequest): void;
  internal(error: unknown, response?: WebhookResponse): Readonly<Record<string, unknown>>;
}

/**
 * Templates and variables of the environment stay unresolved: what they hide may be secret. The GraphQL text is
 * left out, since literals in it may be passwords.
 */
export function describeCall(call: ActionCall, payload: Readonly<Record<string, unknown>>): CallDetails {
  const { definition } = call.action;
  const { request_query: _, ...body } = payload;
  let transformedRequest: Readonly<Record<string, unknown>> | undefined;
  return {
    transformed({ method, body: sent }) {
      transformedRequest = { method, body: sent === null ? null : jsonOrText(sent) };
    },
    internal(error, response) {
      return {
        error,
        request: {
          url: definition.handler,
          body,
          headers: [
            ...(definition.headers ?? []),
            ...(definition.forward_client_headers ? asList(forwardedHeaders(call.clientHeaders)) : []),
          ],
          ...(transformedRequest ? { transformed_request: transformedRequest } : {}),
        },
        response: response
          ? { status: response.status, body: jsonOrText(response.text), headers: response.headers }
          : null,
      };
    },
  };
}

function asList(headers: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
