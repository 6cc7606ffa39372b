import type { Agent } from 'undici';
import { HASURA_VERSION } from '../http/hasura-version.ts';

/** One call of a webhook. */
export interface WebhookCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Null for a call without a body. */
  readonly body: string | null;
  readonly timeoutSeconds: number;
  /** Ends the call early, when the engine shuts down. */
  readonly signal: AbortSignal;
}

/** What came of it: an answer with any status, a failure on the way, or an end because of `signal`. */
export type WebhookResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: readonly { readonly name: string; readonly value: string }[];
      /** At most {@link maxKeptBytes} of it. */
      readonly body: string;
    }
  | { readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'aborted' };

/** What of an answer is read and kept in the invocation log; nothing beyond it decides anything. */
const maxKeptBytes = 64 * 1024;

/**
 * Every delivery has a connection of its own: one kept alive may be closed by the receiver just as an event
 * goes out on it, which would cost the event a try.
 */
let agent: Agent | undefined;

/** Sends a webhook its body. Redirects are answers like any other and are not followed. */
export async function callWebhook(call: WebhookCall): Promise<WebhookResult> {
  // Loaded with the first delivery: a start does not need it.
  const { Agent, request } = await import('undici');
  agent ??= new Agent({ pipelining: 0, maxHeaderSize: 64 * 1024 });
  const timeout = AbortSignal.timeout(call.timeoutSeconds * 1000);
  const signal = AbortSignal.any([timeout, call.signal]);
  try {
    const answer = await request(call.url, {
      method: call.method,
      dispatcher: agent,
      headers: requestHeaders(call.headers),
      body: call.body,
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const body = await readStart(answer.body);
    return { kind: 'answer', status: answer.statusCode, headers: flatten(answer.headers), body };
  } catch (thrown) {
    if (call.signal.aborted) return { kind: 'aborted' };
    if (timeout.aborted) return { kind: 'failure', message: 'ResponseTimeout' };
    return { kind: 'failure', message: describe(thrown) };
  }
}

function requestHeaders(headers: WebhookCall['headers']): Record<string, string> {
  const all: Record<string, string> = {
    'user-agent': `hasura-graphql-engine/${HASURA_VERSION}`,
  };
  for (const { name, value } of headers) all[name.toLowerCase()] = value;
  return all;
}

/** Reads up to the limit and lets go of the rest. */
async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxKeptBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxKeptBytes).toString('utf8');
}

function flatten(
  headers: Record<string, string | string[] | undefined>,
): readonly { name: string; value: string }[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).map((one) => ({ name, value: one })),
  );
}

/** The cause below undici's `fetch failed` and its like. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof AggregateError) return thrown.errors.map(describe).join('; ');
  return thrown.cause instanceof Error ? describe(thrown.cause) : thrown.message;
}
