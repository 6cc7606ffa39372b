import { EngineError } from '../errors.ts';
import type { HeaderMetadata } from '../metadata/types.ts';

/** Where `{{NAME}}` and `value_from_env` of the metadata look. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** `{{NAME}}` stands for an environment variable. Throws `not-found` for one that is not set. */
export function fillTemplate(template: string, environment: Environment): string {
  return template.replaceAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g, (_match, name: string) =>
    requireVariable(name, environment),
  );
}

/** Why a header may not take its value from a variable; null where it may. */
export function headerVariableProblem(name: string): string | null {
  // The engine's own settings, its admin secret among them, are not for the receivers of webhooks.
  return name.startsWith('HASURA_GRAPHQL_')
    ? `env variables starting with "HASURA_GRAPHQL_" are not allowed in value_from_env: ${name}`
    : null;
}

/**
 * The value of one configured header. Throws `not-found` for a variable that is not set, `invalid-configuration` for
 * one that headers may not take: metadata stored by an earlier release may name it still.
 */
export function resolveHeader(
  { value, value_from_env: variable }: HeaderMetadata,
  environment: Environment,
): string {
  if (variable === undefined) return fillTemplate(value ?? '', environment);
  const problem = headerVariableProblem(variable);
  if (problem !== null) throw new EngineError('invalid-configuration', problem, { status: 500 });
  return requireVariable(variable, environment);
}

/** Configured headers with their values, names in lower case. Throws `not-found` for a variable that is not set. */
export function resolveHeaders(
  headers: readonly HeaderMetadata[] | undefined,
  environment: Environment,
): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const header of headers ?? []) {
    resolved[header.name.toLowerCase()] = resolveHeader(header, environment);
  }
  return resolved;
}

/** A variable's value. Throws `not-found` for one that is not set. */
export function requireVariable(name: string, environment: Environment): string {
  const value = environment[name];
  if (value === undefined) {
    throw new EngineError('not-found', `environment variable '${name}' not set`, { status: 500 });
  }
  return value;
}
