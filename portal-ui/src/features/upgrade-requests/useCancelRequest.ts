import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { graphql } from '../../gql/gql.ts';
import type { ApiProblem } from '../../lib/api-error.ts';
import { toProblem } from '../../lib/graphql/problem.ts';

const CancelDocument = graphql(`
  mutation CancelTierUpgradeRequest($requestId: uuid!) {
    cancelTierUpgradeRequest(requestId: $requestId) {
      requestId
      request {
        ...UpgradeRequest
      }
    }
  }
`);

/** How an attempt to cancel ended. */
export type CancelOutcome =
  | { readonly cancelled: true }
  | { readonly cancelled: false; readonly problem: ApiProblem };

/** Cancels a request once. The answer carries the row, so that every list that shows it changes with it. */
export function useCancelRequest() {
  const [mutate] = useMutation(CancelDocument);
  const [busy, setBusy] = useState(false);
  const isUnderWay = useRef(false);

  /** How it went; undefined when a call is under way already: the second click of a double click. */
  async function cancel(requestId: string): Promise<CancelOutcome | undefined> {
    if (isUnderWay.current) return undefined;
    isUnderWay.current = true;
    setBusy(true);
    try {
      await mutate({ variables: { requestId } });
      return { cancelled: true };
    } catch (error) {
      return { cancelled: false, problem: toProblem(error) };
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  }

  return { cancel, busy };
}
