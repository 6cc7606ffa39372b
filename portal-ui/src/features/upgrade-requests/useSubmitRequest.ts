import { useApolloClient, useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { graphql } from '../../gql/gql.ts';
import type { ApiProblem, ErrorCode } from '../../lib/api-error.ts';
import { toProblem } from '../../lib/graphql/problem.ts';

const SubmitDocument = graphql(`
  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {
    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {
      requestId
      submitsLeft
    }
  }
`);

const NewestRequestDocument = graphql(`
  query NewestRequest {
    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {
      id
      status
      target_tier
      business_justification
    }
  }
`);

/** What is being asked for. */
export interface Ask {
  readonly targetTier: number;
  readonly text: string;
}

/** How an attempt ended. `submitsLeft` is unknown when the answer was lost. */
export type SubmitOutcome =
  | { readonly sent: true; readonly submitsLeft: number | null }
  | { readonly sent: false; readonly problem: ApiProblem };

/** After these the request may have been stored all the same. */
const inDoubt: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'NETWORK',
  'UNKNOWN',
  'DATABASE_ERROR',
  'INTERNAL_ERROR',
]);

/** An attempt whose fate is open: what was asked, and which request was the newest before it. */
interface OpenAttempt {
  readonly newestBefore: string | null;
}

/**
 * Sends a request once, however often it is asked to. When an answer is lost, it looks whether the request is there
 * before it calls that a failure, and before it sends anything again.
 */
export function useSubmitRequest(newestId: string | null) {
  const client = useApolloClient();
  const [mutate] = useMutation(SubmitDocument);
  const [phase, setPhase] = useState<'idle' | 'sending' | 'checking'>('idle');
  const isUnderWay = useRef(false);
  const open = useRef<OpenAttempt | undefined>(undefined);

  /** The newest request, when it is the one asked for and was not there before. */
  async function arrived(ask: Ask, newestBefore: string | null): Promise<boolean> {
    const { data } = await client.query({ query: NewestRequestDocument, fetchPolicy: 'network-only' });
    const newest = data?.tier_upgrade_requests[0];
    return (
      newest !== undefined &&
      newest.id !== newestBefore &&
      newest.target_tier === ask.targetTier &&
      newest.business_justification === ask.text
    );
  }

  async function resolveDoubt(
    ask: Ask,
    problem: ApiProblem,
    newestBefore: string | null,
  ): Promise<SubmitOutcome> {
    setPhase('checking');
    try {
      if (await arrived(ask, newestBefore)) {
        open.current = undefined;
        return { sent: true, submitsLeft: null };
      }
      // Not there now; a slow server may still be at it, so the next try looks again first.
      return { sent: false, problem };
    } catch {
      return { sent: false, problem: { code: 'NETWORK', fields: [] } };
    }
  }

  async function attempt(ask: Ask): Promise<SubmitOutcome> {
    const earlier = open.current;
    if (earlier) {
      const outcome = await resolveDoubt(ask, { code: 'NETWORK', fields: [] }, earlier.newestBefore);
      if (outcome.sent) return outcome;
    }
    const newestBefore = earlier ? earlier.newestBefore : newestId;
    setPhase('sending');
    try {
      const { data } = await mutate({
        variables: { targetTier: ask.targetTier, businessJustification: ask.text },
      });
      open.current = undefined;
      return { sent: true, submitsLeft: data?.submitTierUpgradeRequest.submitsLeft ?? null };
    } catch (error) {
      const problem = toProblem(error);
      if (inDoubt.has(problem.code)) {
        open.current = { newestBefore };
        return resolveDoubt(ask, problem, newestBefore);
      }
      // "One is already pending" may be the echo of our own first try.
      if (problem.code === 'PENDING_REQUEST_EXISTS') return resolveDoubt(ask, problem, newestBefore);
      open.current = undefined;
      return { sent: false, problem };
    }
  }

  /** Undefined when an attempt is under way already: the second click of a double click. */
  async function submit(ask: Ask): Promise<SubmitOutcome | undefined> {
    if (isUnderWay.current) return undefined;
    isUnderWay.current = true;
    try {
      return await attempt(ask);
    } finally {
      isUnderWay.current = false;
      setPhase('idle');
    }
  }

  return { submit, phase };
}
