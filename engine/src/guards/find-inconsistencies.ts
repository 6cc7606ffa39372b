import type { Metadata } from '../metadata/types.ts';
import type { Inconsistency } from '../source/types.ts';

/** Entries of the allow list whose collection does not exist: they allow nothing. */
export function findListInconsistencies(metadata: Metadata): readonly Inconsistency[] {
  const known = new Set((metadata.query_collections ?? []).map(({ name }) => name));
  return (metadata.allowlist ?? [])
    .filter(({ collection }) => !known.has(collection))
    .map((definition) => ({
      type: 'allowlist',
      name: `allowlist ${definition.collection}`,
      reason: `Inconsistent object: query collection with name "${definition.collection}" does not exist`,
      definition,
    }));
}
