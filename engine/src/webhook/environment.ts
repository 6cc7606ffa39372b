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

/** Configured headers with their values, names in lower case. Throws `not-found` for a variable that is not set. */
export function resolveHeaders(
  headers: readonly HeaderMetadata[] | undefined,
  environment: Environment,
): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const { name, value, value_from_env: variable } of headers ?? []) {
    resolved[name.toLowerCase()] =
      variable === undefined
        ? fillTemplate(value ?? '', environment)
        : requireVariable(variable, environment);
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
