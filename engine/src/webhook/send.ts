import type { Agent } from 'undici';
import { HASURA_VERSION } from '../http/hasura-version.ts';

/** One call of a webhook. */
export interface WebhookRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for a call without a body. */
  readonly body: string | null;
  readonly timeoutMs: number;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

/** What a webhook answered, whatever its status. */
export interface WebhookResponse {
  readonly status: number;
  readonly text: string;
  /** In the order and the spelling of the webhook. */
  readonly headers: readonly WebhookHeader[];
}

/** A header of a webhook's answer. */
export interface WebhookHeader {
  readonly name: string;
  readonly value: string;
}

/** A call that brought no answer; the message names the cause in the reference's words. */
export class WebhookFailure extends Error {
  override readonly name = 'WebhookFailure';
}

/** An answer beyond this is an error rather than memory. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

let agent: Agent | undefined;

/** Calls a webhook. Redirects are not followed; time and size are bounded. Throws WebhookFailure. */
export async function sendWebhook(call: WebhookRequest): Promise<WebhookResponse> {
  // A large library that an engine without webhooks never needs, so it is loaded with the first call.
  const { Agent, request } = await import('undici');
  agent ??= new Agent({ keepAliveTimeout: 10_000, connections: 64, maxResponseSize: MAX_ANSWER_BYTES });
  const timeout = AbortSignal.timeout(call.timeoutMs);
  try {
    const answer = await request(call.url, {
      method: call.method,
      dispatcher: agent,
      headers: { 'user-agent': `hasura-graphql-engine/${HASURA_VERSION}`, ...call.headers },
      body: call.body,
      signal: call.signal ? AbortSignal.any([timeout, call.signal]) : timeout,
      // The one limit of time is ours.
      headersTimeout: 0,
      bodyTimeout: 0,
      responseHeaders: 'raw',
    });
    const text = await answer.body.text();
    // With `raw` they come as name and value in turn.
    const raw = answer.headers as unknown as readonly string[];
    const headers: WebhookHeader[] = [];
    for (let index = 0; index + 1 < raw.length; index += 2) {
      headers.push({ name: String(raw[index]), value: String(raw[index + 1]) });
    }
    return { status: answer.statusCode, text, headers };
  } catch (error) {
    throw new WebhookFailure(describe(error, timeout.aborted), { cause: error });
  }
}

function describe(error: unknown, isTimedOut: boolean): string {
  if (isTimedOut) return 'ResponseTimeout';
  const { code, message } = error as { code?: string; message?: string };
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'ConnectionTimeout';
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return 'OverlongResponse';
    case 'ERR_INVALID_URL':
      return 'InvalidUrlException';
    default:
      return `ConnectionFailure ${code ?? message ?? 'unknown'}`;
  }
}
