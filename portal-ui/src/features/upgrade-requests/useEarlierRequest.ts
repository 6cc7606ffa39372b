import { useQuery } from '@apollo/client/react';
import { graphql } from '../../gql/gql.ts';
import type { ApiProblem } from '../../lib/api-error.ts';
import { toProblem } from '../../lib/graphql/problem.ts';
import type { UpgradeRequest } from './upgrade-request.ts';

const EarlierRequestDocument = graphql(`
  query EarlierRequest($id: uuid!) {
    tier_upgrade_requests_by_pk(id: $id) {
      ...UpgradeRequest
    }
  }
`);

/** A request that a new one starts from, as far as it is known. */
export type EarlierRequest =
  | { readonly state: 'none' | 'loading' }
  | { readonly state: 'there'; readonly request: UpgradeRequest }
  /** There is no such request, or it is not this vendor's. */
  | { readonly state: 'gone' }
  | { readonly state: 'failed'; readonly problem: ApiProblem; readonly retry: () => void };

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads one request by the id in a link: at once when the page has it, otherwise from the server. */
export function useEarlierRequest(id: string | null): EarlierRequest {
  const isId = id !== null && uuid.test(id);
  const { data, error, refetch } = useQuery(EarlierRequestDocument, {
    variables: { id: id ?? '' },
    skip: !isId,
    notifyOnNetworkStatusChange: true,
  });
  if (id === null) return { state: 'none' };
  if (!isId) return { state: 'gone' };
  if (error)
    return {
      state: 'failed',
      problem: toProblem(error),
      // What fails again is told by `error`.
      retry: () => void refetch().catch(() => undefined),
    };
  if (!data) return { state: 'loading' };
  const request = data.tier_upgrade_requests_by_pk;
  return request ? { state: 'there', request } : { state: 'gone' };
}
