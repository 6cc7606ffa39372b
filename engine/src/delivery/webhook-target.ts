import type { HeaderMetadata } from '../metadata/types.ts';
import { type Environment, fillTemplate, requireVariable, resolveHeader } from '../webhook/environment.ts';

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

/** Resolves a URL and headers from metadata; throws where a variable is not set. */
export function resolveTarget(
  webhook: { readonly template: string } | { readonly fromEnv: string },
  headers: readonly HeaderMetadata[],
  environment: Environment,
): WebhookTarget {
  const url =
    'fromEnv' in webhook
      ? requireVariable(webhook.fromEnv, environment)
      : fillTemplate(webhook.template, environment);
  return {
    url,
    headers: headers.map((header) => ({
      name: header.name,
      value: resolveHeader(header, environment),
      shown: header,
    })),
  };
}
