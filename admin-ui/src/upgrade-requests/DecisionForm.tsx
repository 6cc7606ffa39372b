import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useGetIdentity } from 'ra-core';
import { useMemo, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { Notice } from '../components/Notice.tsx';
import { useKeys } from '../components/useKeys.ts';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { ApproveForm } from './ApproveForm.tsx';
import { findObstacle } from './decision-rules.ts';
import { RejectForm } from './RejectForm.tsx';
import { TierComparison } from './TierComparison.tsx';
import type { MaybeFullRequest } from './types.ts';
import { useDecisionIntent } from './useDecisionIntent.ts';
import { useDecisions } from './useDecisions.ts';
import { useTiers } from './useTiers.ts';

/** What changes on approval, and the two ways to decide. */
export function DecisionForm({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const { name } = useTiers();
  const reviewerId = useGetIdentity().identity?.id;
  const { approve, reject } = useDecisions(request);
  const [intent, setIntent] = useDecisionIntent();
  const [notes, setNotes] = useState('');
  const obstacle = findObstacle(request, reviewerId === undefined ? undefined : String(reviewerId));
  const error = intent === 'reject' ? reject.error : (approve.error ?? reject.error);

  function keep() {
    approve.reset();
    reject.reset();
    setIntent(undefined);
  }
  // `a` and `r` only prepare a decision; Enter, or the button, makes it.
  useKeys(
    useMemo(
      () => ({
        a: () => setIntent('approve'),
        r: () => setIntent('reject'),
      }),
      [setIntent],
    ),
  );

  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <TierComparison request={request} />
      {obstacle && (
        <Notice kind="warning">
          {obstacle === 'pointless'
            ? text('decision.pointless', { now: name(request.vendor.tier) })
            : text('decision.ownRequest')}
        </Notice>
      )}
      {!obstacle && request.current_tier !== request.vendor.tier && (
        <Notice kind="info">
          {text('decision.stale', { asked: name(request.current_tier), now: name(request.vendor.tier) })}
        </Notice>
      )}
      {error && (
        <Notice kind="danger" role="alert">
          {toPlainError(error, text).message}
        </Notice>
      )}
      {intent === undefined && (
        <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 2 }}>
          <Button
            variant="contained"
            color="success"
            size="large"
            disabled={obstacle !== undefined}
            onClick={() => setIntent('approve')}
            startIcon={<Icon name="tick" />}
          >
            {text('decision.approveOpen')}
          </Button>
          <Button size="large" onClick={() => setIntent('reject')}>
            {text('decision.reject')}
          </Button>
        </Box>
      )}
      {intent === 'approve' && (
        <ApproveForm
          request={request}
          notes={notes}
          onNotes={setNotes}
          isBusy={approve.isPending}
          isBlocked={obstacle !== undefined}
          onApprove={() => approve.mutate(notes)}
          onKeep={keep}
        />
      )}
      {intent === 'reject' && (
        <RejectForm
          notes={notes}
          onNotes={setNotes}
          isBusy={reject.isPending}
          onReject={(reason) => reject.mutate({ reason, notes })}
          onKeep={keep}
        />
      )}
    </Box>
  );
}
