import { useApolloClient, useMutation } from '@apollo/client/react';
import { useRef } from 'react';
import { graphql } from '../../gql/gql.ts';
import type { ApiProblem } from '../../lib/api-error.ts';
import { toProblem } from '../../lib/graphql/problem.ts';
import { type LocationTexts, saysTheSame } from './location.ts';

const AddDocument = graphql(`
  mutation AddLocation($location: vendor_locations_insert_input!) {
    insert_vendor_locations_one(object: $location) {
      ...Location
    }
  }
`);

const EditDocument = graphql(`
  mutation EditLocation($id: uuid!, $changes: vendor_locations_set_input!) {
    update_vendor_locations_by_pk(pk_columns: { id: $id }, _set: $changes) {
      ...Location
    }
  }
`);

const RemoveDocument = graphql(`
  mutation RemoveLocation($id: uuid!) {
    delete_vendor_locations_by_pk(id: $id) {
      id
    }
  }
`);

const NewestDocument = graphql(`
  query NewestLocation {
    vendor_locations(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {
      ...Location
    }
  }
`);

/** How a change ended; `gone` when somebody else had removed the location. */
export type ChangeOutcome =
  | { readonly done: true }
  | { readonly done: false; readonly gone: true }
  | { readonly done: false; readonly gone: false; readonly problem: ApiProblem };

/** Adds, edits and removes locations, each once however often it is asked for, and sure of the outcome. */
export function useLocationChanges(knownIds: readonly string[]) {
  const client = useApolloClient();
  const [add] = useMutation(AddDocument);
  const [edit] = useMutation(EditDocument);
  const [remove] = useMutation(RemoveDocument);
  const isUnderWay = useRef(false);
  // What was there before the first try: a later one must not take its own echo for something old.
  const knownAtFirst = useRef<readonly string[] | undefined>(undefined);

  async function once(work: () => Promise<ChangeOutcome>): Promise<ChangeOutcome | undefined> {
    if (isUnderWay.current) return undefined;
    isUnderWay.current = true;
    try {
      return await work();
    } catch (error) {
      return { done: false, gone: false, problem: toProblem(error) };
    } finally {
      isUnderWay.current = false;
    }
  }

  /** True when an answer was lost and the location is there all the same. */
  async function isThere(texts: LocationTexts, known: readonly string[]): Promise<boolean> {
    const { data } = await client.query({ query: NewestDocument, fetchPolicy: 'network-only' });
    const newest = data?.vendor_locations[0];
    return newest !== undefined && !known.includes(newest.id) && saysTheSame(newest, texts);
  }

  return {
    add: (texts: LocationTexts) =>
      once(async () => {
        const earlier = knownAtFirst.current;
        knownAtFirst.current ??= knownIds;
        if (earlier && (await isThere(texts, earlier))) return { done: true };
        try {
          await add({ variables: { location: texts } });
        } catch (error) {
          const { code } = toProblem(error);
          const isOpen = code === 'NETWORK' || code === 'LOCATION_LIMIT_REACHED';
          if (!isOpen || !(await isThere(texts, knownAtFirst.current))) throw error;
        }
        return { done: true };
      }),
    edit: (id: string, changes: LocationTexts) =>
      once(async () => {
        const { data } = await edit({ variables: { id, changes } });
        return data?.update_vendor_locations_by_pk ? { done: true } : { done: false, gone: true };
      }),
    remove: (id: string) =>
      once(async () => {
        // Nothing to remove is what was wanted, too.
        await remove({
          variables: { id },
          // It leaves every list at once, however long the next answer takes.
          update: (cache) => void cache.evict({ id: cache.identify({ __typename: 'vendor_locations', id }) }),
        });
        return { done: true };
      }),
  };
}
