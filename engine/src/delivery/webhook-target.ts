import type { HeaderMetadata } from '../metadata/types.ts';

/** A header as it is sent, and as the invocation log shows it: a value from the environment by its name alone. */
export interface WebhookHeader {
  readonly name: string;
  readonly value: string;
  readonly shown: HeaderMetadata;
}

/** Where deliveries of a trigger go. */
export interface WebhookTarget {
  readonly url: string;
  readonly headers: readonly WebhookHeader[];
  /** `request_transform` of the metadata. */
  readonly requestTransform?: Readonly<Record<string, unknown>> | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Metadata names an environment variable that is not set. */
export class MissingVariableError extends Error {
  override readonly name = 'MissingVariableError';

  constructor(variable: string) {
    super(`environment variable '${variable}' not set`);
  }
}

/** Resolves a URL and headers from metadata; throws MissingVariableError. */
export function resolveTarget(
  webhook: { readonly template: string } | { readonly fromEnv: string },
  headers: readonly HeaderMetadata[],
  environment: Environment,
): WebhookTarget {
  const url =
    'fromEnv' in webhook ? readVariable(webhook.fromEnv, environment) : fill(webhook.template, environment);
  return {
    url,
    headers: headers.map((header) => ({
      name: header.name,
      value:
        header.value_from_env === undefined
          ? fill(header.value ?? '', environment)
          : readVariable(header.value_from_env, environment),
      shown: header,
    })),
  };
}

/** `{{NAME}}` stands for an environment variable. */
function fill(template: string, environment: Environment): string {
  return template.replaceAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (_match, name: string) =>
    readVariable(name, environment),
  );
}

function readVariable(name: string, environment: Environment): string {
  const value = environment[name];
  if (value === undefined) throw new MissingVariableError(name);
  return value;
}
