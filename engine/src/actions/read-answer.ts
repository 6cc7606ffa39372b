import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import type { WebhookResponse } from '../webhook/send.ts';
import type { CallDetails } from './call-details.ts';
import type { HandlerAnswer } from './types.ts';

/** Reads what a handler answered: an output, a refusal of its own, or something that it may not say. */
export function readAnswer(
  response: WebhookResponse,
  checkOutput: (body: unknown) => void,
  details: CallDetails,
): HandlerAnswer {
  const { status } = response;
  const isSuccess = status >= 200 && status < 300;
  const body = isSuccess && response.text === '' ? null : parse(response, details);
  if (isSuccess) {
    withDetails(() => checkOutput(body), response, details);
    return { body, setCookie: cookiesOf(response) };
  }
  if (status >= 400 && status < 500) throw readRefusal(body, response, details);
  throw new EngineError('unexpected', 'internal error', {
    status: 500,
    internal: details.internal('unexpected response', response),
  });
}

function parse(response: WebhookResponse, details: CallDetails): unknown {
  try {
    return parseJson(response.text);
  } catch (thrown) {
    throw new EngineError('unexpected', 'not a valid json response from webhook', {
      status: 500,
      internal: details.internal(`invalid json: ${(thrown as Error).message}`, response),
    });
  }
}

/** A complaint about the answer with the call beside it. */
function withDetails(check: () => void, response: WebhookResponse, details: CallDetails): void {
  try {
    check();
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
    throw new EngineError(thrown.code, thrown.message, {
      status: thrown.status,
      internal: details.internal('unexpected response', response),
    });
  }
}

/** A 4xx with `{message, extensions?, code?}` is the handler's own word to the client. */
function readRefusal(body: unknown, response: WebhookResponse, details: CallDetails): EngineError {
  const refusal = body as { message?: unknown; code?: unknown; extensions?: unknown } | null;
  if (typeof refusal !== 'object' || refusal === null || typeof refusal.message !== 'string') {
    return new EngineError('unexpected', 'internal error', {
      status: 500,
      internal: details.internal('unexpected response', response),
    });
  }
  const { message, code, extensions } = refusal;
  const { status } = response;
  if (typeof extensions === 'object' && extensions !== null && !Array.isArray(extensions)) {
    const told = extensions as Record<string, unknown>;
    const ownCode = typeof code === 'string' ? code : told.code;
    return new EngineError(typeof ownCode === 'string' ? ownCode : 'unexpected', message, {
      status,
      extensions: told,
    });
  }
  return new EngineError(typeof code === 'string' ? code : 'unexpected', message, { status });
}

/** `Set-Cookie` is the one header of a handler that reaches the client. */
function cookiesOf({ headers }: WebhookResponse): string[] {
  return headers.filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value);
}
