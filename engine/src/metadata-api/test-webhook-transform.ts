import { EngineError } from '../errors.ts';
import { formatPath } from '../metadata/mistakes.ts';
import { fillTemplate } from '../webhook/environment.ts';
import { jsonOrText } from '../webhook/json-body.ts';
import { KritiError } from '../webhook/kriti/types.ts';
import { applyRequestTransform } from '../webhook/transform/apply.ts';
import { compileRequestTransform } from '../webhook/transform/compile.ts';
import { isObject, kindOf, readObject } from './arguments.ts';
import type { OperationArgs, ReadOperation } from './types.ts';

/**
 * `test_webhook_transform`: shows what a `request_transform` makes of a call, without calling anybody. Variables
 * come from the arguments' own `env`, never from the engine's environment.
 */
export const testWebhookTransform: ReadOperation = (_context, args) => {
  const environment = readTexts(args, 'env');
  const url = readUrl(args.webhook_url, environment);
  const session = args.session_variables == null ? null : readTexts(args, 'session_variables');
  const { transform, mistakes } = compileRequestTransform(args.request_transform);
  if (transform === null) {
    throw refusal(mistakes.map(({ path, message }) => ({ path: formatPath(path), message })));
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of readHeaders(args.request_headers)) {
    headers[name.toLowerCase()] = fillTemplate(value, environment);
  }
  try {
    const request = applyRequestTransform(
      transform,
      { method: 'GET', url, headers, body: JSON.stringify(args.body ?? null) },
      { body: args.body ?? null, baseUrl: url, sessionVariables: session },
    );
    return {
      webhook_url: request.url,
      method: request.method,
      headers: Object.entries(request.headers),
      body: request.body === null ? null : jsonOrText(request.body),
    };
  } catch (thrown) {
    if (!(thrown instanceof KritiError)) throw thrown;
    throw refusal([{ error_code: 'TemplateEvaluation', message: thrown.message }]);
  }
};

function refusal(internal: unknown): EngineError {
  return new EngineError('validation-failed', 'request transform validation failed', {
    path: '$.args',
    internal,
  });
}

function readUrl(value: unknown, environment: Readonly<Record<string, string>>): string {
  let url: string;
  if (typeof value === 'string') url = fillTemplate(value, environment);
  else {
    const name = isObject(value) ? value.from_env : undefined;
    const found = typeof name === 'string' ? environment[name] : undefined;
    if (found === undefined) throw new EngineError('not-found', 'Missing Env Var', { path: '$.args' });
    url = found;
  }
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw refusal([
    { error_code: 'Request Initialization Error', message: 'the webhook_url is no http(s) URL' },
  ]);
}

function readTexts(args: OperationArgs, key: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(readObject(args[key] ?? {}, `$.args.${key}`))) {
    if (typeof value !== 'string') throw notText(`$.args.${key}.${name}`, value);
    texts[key === 'session_variables' ? name.toLowerCase() : name] = value;
  }
  return texts;
}

/** A list of `[name, value]`. */
function readHeaders(value: unknown): readonly (readonly [string, string])[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw notText('$.args.request_headers', value);
  return value.map((pair: unknown, index) => {
    if (Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string')
      return [pair[0], pair[1]];
    throw notText(`$.args.request_headers[${index}]`, pair);
  });
}

function notText(path: string, value: unknown): EngineError {
  return new EngineError(
    'parse-failed',
    `parsing Text failed, expected String, but encountered ${kindOf(value)}`,
    {
      path,
    },
  );
}
