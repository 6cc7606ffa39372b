import { catalogKey } from '../catalog/types.ts';
import type { QualifiedName } from '../metadata/types.ts';

/** A qualified name spelled out; a bare one is in schema `public`. */
export function readQualifiedName(name: QualifiedName): { schema: string; name: string } {
  if (typeof name === 'string') return { schema: 'public', name };
  return { schema: name.schema ?? 'public', name: name.name };
}

/** The catalog key of a name in metadata. */
export function keyOf(name: QualifiedName): string {
  const full = readQualifiedName(name);
  return catalogKey(full.schema, full.name);
}

/** How Hasura prints a qualified name: without `public`. */
export function displayNameOf(schema: string, name: string): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
