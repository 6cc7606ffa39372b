import { HttpError } from 'ra-core';
import { consoleTexts } from '../i18n/console.en.ts';
import type { Text } from '../i18n/use-text.ts';
import { SESSION_ENDED } from '../session/session.ts';
import { isUnknownOutcome } from './outcome.ts';

/** An error as a person and as a program reads it. */
export interface PlainError {
  /** The code of the contract, or one of ours: `offline`, `not-found`, `server`, `noAnswer`, `unknown`. */
  readonly code: string;
  readonly message: string;
  /** Messages by field name, where the server named fields. */
  readonly fields: Readonly<Record<string, string>>;
}

interface Extensions {
  readonly code?: unknown;
  readonly retryAfter?: unknown;
  readonly errors?: unknown;
}

interface Fault {
  readonly message: string;
  readonly extensions: Extensions;
}

interface Refusal {
  readonly graphQLErrors?: readonly Fault[];
  readonly networkError?: unknown;
}

/**
 * The GraphQL error inside whatever was thrown: by our client or by Apollo, or by ra-data-graphql as an HttpError around
 * it. Apollo's class is not asked for, since that would load Apollo.
 */
function findFault(error: unknown): Fault | undefined {
  const { graphQLErrors, body } = (error ?? {}) as Refusal & { readonly body?: Refusal };
  const [first] = graphQLErrors ?? body?.graphQLErrors ?? [];
  return first && { message: first.message, extensions: first.extensions ?? {} };
}

function fieldMessages(errors: unknown): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const entry of Array.isArray(errors) ? errors : []) {
    const { field, message } = entry as { field?: unknown; message?: unknown };
    if (typeof field === 'string' && typeof message === 'string') messages[field] = message;
  }
  return messages;
}

/** What lies under an error of Apollo or of ra-data-graphql, which rewraps network errors by their message. */
function causeOf(error: unknown): unknown {
  return (error as Refusal | null)?.networkError ?? error;
}

function statusOf(cause: unknown): number | undefined {
  const { status, statusCode } = (cause ?? {}) as { status?: unknown; statusCode?: unknown };
  const found = status ?? statusCode;
  return typeof found === 'number' ? found : undefined;
}

/** `fetch` rejects with a TypeError when no answer came; rewrapped, it is an HttpError without a status. */
function isOutOfReach(cause: unknown): boolean {
  return cause instanceof TypeError || (cause instanceof HttpError && statusOf(cause) === undefined);
}

function hasText(code: string): code is keyof typeof consoleTexts.errors {
  return Object.hasOwn(consoleTexts.errors, code);
}

/**
 * Turns anything thrown by the data provider into a sentence that says what happened and what to do. The sentence is
 * always the console's own: what a handler or the engine wrote is in their language and for programs.
 */
export function toPlainError(error: unknown, text: Text): PlainError {
  if (isUnknownOutcome(error)) return { code: 'noAnswer', message: text('errors.noAnswer'), fields: {} };
  const fault = findFault(error);
  if (fault) {
    const code = typeof fault.extensions.code === 'string' ? fault.extensions.code : 'unknown';
    const fields = fieldMessages(fault.extensions.errors);
    if (!hasText(code)) return { code, fields, message: text('errors.unknown', { code }) };
    const retryAfter = Number(fault.extensions.retryAfter);
    return {
      code,
      fields,
      message: text(`errors.${code}`, {
        smart_count: Number.isFinite(retryAfter) ? Math.max(1, Math.ceil(retryAfter / 60)) : 1,
      }),
    };
  }
  const cause = causeOf(error);
  const plain = (code: string, message: string): PlainError => ({ code, message, fields: {} });
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === SESSION_ENDED) return plain('UNAUTHORIZED', text('errors.UNAUTHORIZED'));
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return plain('server', text('errors.server'));
  }
  if (isOutOfReach(cause)) return plain('offline', text('errors.offline'));
  const status = statusOf(cause);
  if (status === 404) return plain('not-found', text('errors.REQUEST_NOT_FOUND'));
  if (status !== undefined && status >= 500) return plain('server', text('errors.server'));
  return plain('unknown', text('errors.unknown', { code: 'browser' }));
}
