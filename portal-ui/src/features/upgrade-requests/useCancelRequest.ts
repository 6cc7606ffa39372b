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

/** Cancels a request once. The answer carries the row, so that every list that shows it changes with it. */
export function useCancelRequest() {
  const [mutate] = useMutation(CancelDocument);
  const [busy, setBusy] = useState(false);
  const isUnderWay = useRef(false);

  /** The problem, or undefined when it is cancelled or under way already. */
  async function cancel(requestId: string): Promise<ApiProblem | undefined> {
    if (isUnderWay.current) return undefined;
    isUnderWay.current = true;
    setBusy(true);
    try {
      await mutate({ variables: { requestId } });
      return undefined;
    } catch (error) {
      return toProblem(error);
    } finally {
      isUnderWay.current = false;
      setBusy(false);
    }
  }

  return { cancel, busy };
}
