import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { colors, type RequestStatus, statusSigns } from '@tierline/design';
import { type Identifier, useGetIdentity } from 'ra-core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { formatShortMoment } from '../format/time.ts';
import { type Text, useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { requestPath } from './paths.ts';
import { Remark } from './Timeline.tsx';
import { closingOf, type MaybeFullRequest, type Person } from './types.ts';
import { useNextRequest } from './useNextRequest.ts';

/** Who decided what and when, the words that went with it, and the way to the next one. */
export function DecisionOutcome({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const me = useGetIdentity().identity?.id;
  const tone = colors[useScheme()].status[request.status];
  const closing = closingOf(request);
  const reviewer = request.reviewer ?? closing?.actor ?? null;
  const at = request.reviewed_at ?? closing?.at ?? request.updated_at;
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Only when the buttons that had the focus have just gone; never take it from elsewhere, nor to what acts.
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) {
      outcome.current?.focus({ preventScroll: true });
    }
  }, []);
  const who = nameReviewer(reviewer, closing?.actor_role, me, text);

  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      <Box ref={outcome} tabIndex={-1} role="status" sx={{ display: 'flex', gap: 2, color: tone.text }}>
        <Box sx={{ mt: '1px' }}>
          <Icon name={statusSigns[request.status].icon} size={20} />
        </Box>
        <Box sx={{ minWidth: 0 }}>
          <Box sx={{ fontWeight: 500, overflowWrap: 'anywhere' }}>
            {describeOutcome(request.status, closing?.actor_role, who, text)}
          </Box>
          <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            <TimeAgo at={at} /> · {formatShortMoment(Date.parse(at))}
          </Box>
        </Box>
      </Box>
      {request.rejection_reason && (
        <Remark label={text('decision.reasonGiven')} body={request.rejection_reason} />
      )}
      {request.admin_notes && <Remark label={text('event.internal')} body={request.admin_notes} internal />}
      <NextRequest request={request} />
    </Box>
  );
}

function nameReviewer(
  reviewer: Person | null,
  actorRole: string | null | undefined,
  me: Identifier | undefined,
  text: Text,
): string {
  if (reviewer) return reviewer.id === me ? text('decision.you') : reviewer.email;
  return actorRole === 'database' ? text('decision.system') : text('decision.unknown');
}

function describeOutcome(
  status: RequestStatus,
  actorRole: string | null | undefined,
  who: string,
  text: Text,
): string {
  if (status === 'approved') return text('decision.approvedBy', { who });
  if (status === 'rejected') return text('decision.rejectedBy', { who });
  return actorRole === undefined || actorRole === 'vendor'
    ? text('decision.cancelledByVendor')
    : text('decision.cancelledBy', { who });
}

/** The way on; `n` takes it as well. */
function NextRequest({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const next = useNextRequest(request);
  if (!next)
    return <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{text('request.noNext')}</Box>;
  return (
    <Button
      component={Link}
      to={requestPath(next.id)}
      endIcon={<Icon name="arrow-right" />}
      sx={{ '@media print': { display: 'none' } }}
    >
      {text(next.isPending ? 'request.next' : 'request.nextInList')}
    </Button>
  );
}
