import { EngineError } from '../errors.ts';
import { isJsonNumber } from '../json/json-values.ts';
import type { QualifiedName } from '../metadata/types.ts';
import type { OperationArgs } from './types.ts';

/** How Aeson, the reference's JSON library, names a value's kind. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  return isJsonNumber(value) ? 'Number' : 'Object';
}

/** Whether JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'Object';
}

/** An object at a path, or the reference's complaint. */
export function readObject(value: unknown, path = '$'): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new EngineError(
    'parse-failed',
    `parsing Object failed, expected Object, but encountered ${kindOf(value)}`,
    { path },
  );
}

/** A text that must not be empty. */
export function readName(args: OperationArgs, key: string): string {
  const value = args[key];
  if (value === undefined) throw new EngineError('parse-failed', `key "${key}" not found`, { path: '$' });
  if (typeof value !== 'string') {
    throw new EngineError(
      'parse-failed',
      `parsing Text failed, expected String, but encountered ${kindOf(value)}`,
      { path: `$.${key}` },
    );
  }
  if (value === '') throw new EngineError('parse-failed', 'empty string not allowed', { path: `$.${key}` });
  return value;
}

/** A qualified name under `key`. */
export function readTableName(args: OperationArgs, key = 'table'): { schema: string; name: string } {
  return toQualifiedName(args[key], `$.${key}`);
}

/** A name, or an object with `schema` and `name`, spelled out. */
export function toQualifiedName(value: unknown, path: string): { schema: string; name: string } {
  if (typeof value === 'string') return { schema: 'public', name: value };
  if (isObject(value) && typeof value.name === 'string') {
    return { schema: typeof value.schema === 'string' ? value.schema : 'public', name: value.name };
  }
  throw new EngineError('parse-failed', `parsing a qualified name failed, but encountered ${kindOf(value)}`, {
    path,
  });
}

/** The source an operation names; there is one, `default` unless metadata says otherwise. */
export function normalise(name: QualifiedName): { schema: string; name: string } {
  return typeof name === 'string'
    ? { schema: 'public', name }
    : { schema: name.schema ?? 'public', name: name.name };
}
