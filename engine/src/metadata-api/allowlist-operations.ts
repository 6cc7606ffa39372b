import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { name } from '../metadata/schemas/common.ts';
import { allowlistEntry, allowlistScope } from '../metadata/schemas/others.ts';
import type { AllowlistEntry } from '../metadata/types.ts';
import { requireCollection } from './query-collection-operations.ts';
import { readShape } from './read-shape.ts';
import type { Draft, MetadataDraft, Operation } from './types.ts';

const updating = z.object({ collection: name, scope: allowlistScope });
const dropping = z.object({ collection: name });

/** A collection that is listed already stays as it is; the answer says so. */
export const addCollectionToAllowlist: Operation = ({ draft }, args) => {
  const entry = readShape(allowlistEntry, args) as Draft<AllowlistEntry>;
  requireCollection(draft, entry.collection, '$.args.collection');
  if (entryOf(draft, entry.collection)) {
    return { answer: { message: `collection "${entry.collection}" already exists in the allowlist` } };
  }
  draft.allowlist = [...(draft.allowlist ?? []), entry];
  return {};
};

/** `update_scope_of_collection_in_allowlist`. */
export const updateScopeOfCollection: Operation = ({ draft }, args) => {
  const { collection, scope } = readShape(updating, args);
  requireEntry(draft, collection).scope = scope as NonNullable<Draft<AllowlistEntry>['scope']>;
  return {};
};

/** `drop_collection_from_allowlist`. */
export const dropCollectionFromAllowlist: Operation = ({ draft }, args) => {
  const entry = requireEntry(draft, readShape(dropping, args).collection);
  draft.allowlist = (draft.allowlist ?? []).filter((other) => other !== entry);
  return {};
};

function entryOf(draft: MetadataDraft, collection: string): Draft<AllowlistEntry> | undefined {
  return (draft.allowlist ?? []).find((entry) => entry.collection === collection);
}

function requireEntry(draft: MetadataDraft, collection: string): Draft<AllowlistEntry> {
  const entry = entryOf(draft, collection);
  if (entry) return entry;
  throw new EngineError('not-found', `collection "${collection}" doesn't exist in the allowlist`, {
    path: '$.args.collection',
  });
}
