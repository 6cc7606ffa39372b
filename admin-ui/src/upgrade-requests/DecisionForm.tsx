import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useGetIdentity } from 'ra-core';
import { useMemo } from 'react';
import { Icon } from '../components/Icon.tsx';
import { Notice } from '../components/Notice.tsx';
import { type KeyMap, useKeys } from '../components/useKeys.ts';
import { isUnknownOutcome } from '../errors/outcome.ts';
import { toPlainError } from '../errors/plain-error.ts';
import { formatClock } from '../format/time.ts';
import { useText } from '../i18n/use-text.ts';
import { ApproveForm } from './ApproveForm.tsx';
import { findObstacle } from './decision-rules.ts';
import type { DecisionIntent } from './paths.ts';
import { RejectForm } from './RejectForm.tsx';
import { TierComparison } from './TierComparison.tsx';
import type { MaybeFullRequest } from './types.ts';
import type { DecisionDraft } from './useDecisionDraft.ts';
import { useDecisions } from './useDecisions.ts';
import { useTiers } from './useTiers.ts';
import { useUnansweredDecision } from './useUnansweredDecision.ts';

interface DecisionFormProps {
  readonly request: MaybeFullRequest;
  readonly intent: DecisionIntent | undefined;
  readonly onIntent: (intent: DecisionIntent | undefined) => void;
  readonly draft: DecisionDraft;
  /** Told what is being sent. */
  readonly onSent: (decision: DecisionIntent) => void;
  /** Decided by someone else meanwhile: what was written is shown and takes no more letters. */
  readonly isHeld: boolean;
}

/** What changes on approval, and the two ways to decide. */
export function DecisionForm({ request, intent, onIntent, draft, onSent, isHeld }: DecisionFormProps) {
  const text = useText();
  const { name } = useTiers();
  const reviewerId = useGetIdentity().identity?.id;
  const { approve, reject, look } = useDecisions(request);
  const obstacle = findObstacle(request, reviewerId === undefined ? undefined : String(reviewerId));
  const isPending = request.status === 'pending';
  const attempt = reject.status === 'idle' ? approve : reject;
  const { isUnanswered, seenAt } = useUnansweredDecision(attempt, isPending, look);
  const isBusy = approve.isPending || reject.isPending;
  const error = isBusy || !isPending || isUnknownOutcome(attempt.error) ? undefined : attempt.error;

  function start(decision: DecisionIntent) {
    if (isBusy || isHeld) return;
    onSent(decision);
    approve.reset();
    reject.reset();
    if (decision === 'approve') approve.mutate(draft.notes);
    else reject.mutate({ reason: draft.reason, notes: draft.notes });
  }
  function keep() {
    approve.reset();
    reject.reset();
    onIntent(undefined);
  }
  function discard() {
    draft.clear();
    keep();
  }
  // `a` and `r` only prepare a decision.
  useKeys(
    useMemo(
      (): KeyMap => (isPending ? { a: () => onIntent('approve'), r: () => onIntent('reject') } : {}),
      [isPending, onIntent],
    ),
  );
  const form = {
    draft,
    isBusy,
    isHeld,
    isAgain: isUnanswered && !isBusy,
    onKeep: keep,
    onDiscard: discard,
  };
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      {isPending && <TierComparison request={request} />}
      {isPending && obstacle && (
        <Notice kind="warning">
          {obstacle === 'pointless'
            ? text('decision.pointless', { now: name(request.vendor.tier) })
            : text('decision.ownRequest')}
        </Notice>
      )}
      {isPending && !obstacle && request.current_tier !== request.vendor.tier && (
        <Notice kind="info">
          {text('decision.stale', { asked: name(request.current_tier), now: name(request.vendor.tier) })}
        </Notice>
      )}
      {isUnanswered && (
        <Notice kind="warning" role="status">
          {seenAt === undefined || isBusy
            ? text('decision.waiting')
            : text('decision.waitingSeen', { time: formatClock(seenAt, seenAt) })}
        </Notice>
      )}
      {error && (
        <Notice kind="danger" role="alert">
          {toPlainError(error, text).message}
        </Notice>
      )}
      {intent === undefined && !draft.isEmpty && isPending && (
        <Notice kind="info">
          {text('decision.draftKept')}{' '}
          <Button size="small" onClick={() => onIntent(draft.reason ? 'reject' : 'approve')}>
            {text('decision.goOn')}
          </Button>
        </Notice>
      )}
      {intent === undefined && isPending && (
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
          <Button
            variant="contained"
            color="success"
            size="large"
            disabled={obstacle !== undefined}
            onClick={() => onIntent('approve')}
            startIcon={<Icon name="tick" />}
          >
            {text('decision.approveOpen')}
          </Button>
          <Button size="large" onClick={() => onIntent('reject')}>
            {text('decision.reject')}
          </Button>
        </Box>
      )}
      {intent === 'approve' && (
        <ApproveForm
          {...form}
          request={request}
          isBlocked={obstacle !== undefined}
          onApprove={() => start('approve')}
        />
      )}
      {intent === 'reject' && <RejectForm {...form} onReject={() => start('reject')} />}
    </Box>
  );
}
