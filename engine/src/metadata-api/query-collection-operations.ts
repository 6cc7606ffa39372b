import { z } from 'zod';
import { EngineError } from '../errors.ts';
import { name } from '../metadata/schemas/common.ts';
import { listedQuery, queryCollection } from '../metadata/schemas/others.ts';
import type { QueryCollection } from '../metadata/types.ts';
import { readShape } from './read-shape.ts';
import type { Draft, MetadataDraft, Operation } from './types.ts';

const renaming = z.object({ name, new_name: name });
const dropping = z.object({ collection: name, cascade: z.boolean().default(false) });
const adding = z.object({ collection_name: name, query_name: name, query: listedQuery.shape.query });
const removing = z.object({ collection_name: name, query_name: name });

/** `create_query_collection`. */
export const createQueryCollection: Operation = ({ draft }, args) => {
  const collection = readShape(queryCollection, args) as Draft<QueryCollection>;
  refuseKnown(draft, collection.name, '$.args.name');
  draft.query_collections = [...(draft.query_collections ?? []), collection];
  return {};
};

/** What names the collection follows: its place in the allow list, and its REST endpoints. */
export const renameQueryCollection: Operation = ({ draft }, args) => {
  const { name: before, new_name: after } = readShape(renaming, args);
  const collection = requireCollection(draft, before, '$.args.name');
  refuseKnown(draft, after, '$.args.new_name');
  collection.name = after;
  for (const entry of draft.allowlist ?? []) if (entry.collection === before) entry.collection = after;
  for (const { definition } of draft.rest_endpoints ?? []) {
    if (definition.query.collection_name === before) definition.query.collection_name = after;
  }
  return {};
};

/** `drop_query_collection`. */
export const dropQueryCollection: Operation = ({ draft }, args) => {
  const { collection: dropped, cascade } = readShape(dropping, args);
  const collection = requireCollection(draft, dropped, '$.args.collection');
  const isListed = (draft.allowlist ?? []).some((entry) => entry.collection === dropped);
  if (isListed && !cascade) {
    throw new EngineError(
      'dependency-error',
      `query collection with name "${dropped}" is present in the allowlist; cannot proceed to drop`,
      { path: '$.args.collection' },
    );
  }
  if (isListed) draft.allowlist = (draft.allowlist ?? []).filter((entry) => entry.collection !== dropped);
  draft.query_collections = (draft.query_collections ?? []).filter((other) => other !== collection);
  return {};
};

/** `add_query_to_collection`. */
export const addQueryToCollection: Operation = ({ draft }, args) => {
  const { collection_name: into, query_name: added, query } = readShape(adding, args);
  const { queries } = requireCollection(draft, into, '$.args.collection_name').definition;
  if (queries.some((listed) => listed.name === added)) {
    throw new EngineError(
      'already-exists',
      `query with name "${added}" already exists in collection "${into}"`,
      { path: '$.args.query_name' },
    );
  }
  queries.push({ name: added, query });
  return {};
};

/** `drop_query_from_collection`. */
export const dropQueryFromCollection: Operation = ({ draft }, args) => {
  const { collection_name: from, query_name: dropped } = readShape(removing, args);
  const { definition } = requireCollection(draft, from, '$.args.collection_name');
  const rest = definition.queries.filter((listed) => listed.name !== dropped);
  if (rest.length === definition.queries.length) {
    throw new EngineError('not-found', `query with name "${dropped}" not found in collection "${from}"`, {
      path: '$.args.query_name',
    });
  }
  definition.queries = rest;
  return {};
};

/** A collection by its name, or the reference's complaint. */
export function requireCollection(
  draft: MetadataDraft,
  wanted: string,
  path: string,
): Draft<QueryCollection> {
  const found = (draft.query_collections ?? []).find((collection) => collection.name === wanted);
  if (found) return found;
  throw new EngineError('not-exists', `query collection with name "${wanted}" does not exist`, { path });
}

function refuseKnown(draft: MetadataDraft, wanted: string, path: string): void {
  if (!(draft.query_collections ?? []).some((collection) => collection.name === wanted)) return;
  throw new EngineError('already-exists', `query collection with name "${wanted}" already exists`, { path });
}
