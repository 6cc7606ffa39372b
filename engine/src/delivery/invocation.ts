import type { WebhookResult } from './call-webhook.ts';
import type { WebhookHeader } from './webhook-target.ts';

/** One row of an invocation log, its JSON as text. */
export interface Invocation {
  /** The answer's status; null when there was none. */
  readonly status: number | null;
  readonly request: string;
  readonly response: string;
}

/** What the reference's two kinds of invocation log call their layout. */
export type InvocationVersion = '1' | '2';

/** Describes a call for the log as the reference does. `body` is JSON text and stays what it is. */
export function describeInvocation(
  body: string,
  headers: readonly WebhookHeader[],
  result: Exclude<WebhookResult, { kind: 'aborted' }>,
  version: InvocationVersion,
): Invocation {
  const shown = JSON.stringify(headers.map((header) => header.shown));
  const request = `{"version":"${version}","headers":${shown},"payload":${body}}`;
  if (result.kind === 'failure') {
    const response = { type: 'client_error', version, data: { message: result.message } };
    return { status: null, request, response: JSON.stringify(response) };
  }
  const { status, headers: responseHeaders, body: responseBody } = result;
  const response = {
    type: 'webhook_response',
    version,
    data: { status, headers: responseHeaders, body: responseBody },
  };
  return { status, request, response: JSON.stringify(response) };
}
