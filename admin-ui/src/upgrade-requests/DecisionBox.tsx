import Box from '@mui/material/Box';
import { useGetIdentity, useNotify } from 'ra-core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { Section } from '../components/Section.tsx';
import { deafenKeys } from '../components/typing-guard.ts';
import { useText } from '../i18n/use-text.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionOutcome } from './DecisionOutcome.tsx';
import { DecisionOvertaken } from './DecisionOvertaken.tsx';
import type { DecisionIntent } from './paths.ts';
import type { MaybeFullRequest } from './types.ts';
import { useDecisionDraft } from './useDecisionDraft.ts';
import { useDecisionIntent } from './useDecisionIntent.ts';
import { useIsDeciding } from './useDecisions.ts';
import { useTiers } from './useTiers.ts';

/** How long, in ms, a request has to be on screen before letters act on it. */
const TAKEN_IN = 1_000;

/**
 * The decision: to be made, or made. When anyone else decides while one writes, the form stays where it is, takes no more
 * letters and keeps its text, so that a sentence is neither lost nor read as commands.
 */
export function DecisionBox({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const me = useGetIdentity().identity?.id;
  const [intent, setIntent] = useDecisionIntent();
  const draft = useDecisionDraft(request.id);
  const isDeciding = useIsDeciding(request.id);
  const isPending = request.status === 'pending';
  // Set by what was sent from here, and still set when no answer came to it.
  const sent = useRef<DecisionIntent>(undefined);
  const wasPending = useRef(isPending);
  if (isPending) wasPending.current = true;

  useLayoutEffect(() => deafenKeys(TAKEN_IN), []);
  const isMine = !isPending && request.reviewed_by != null && request.reviewed_by === me;
  useAnnouncedDecision(request, isMine && !isDeciding, sent, () => {
    draft.clear();
    setIntent(undefined);
  });

  const isOwn = isMine && sent.current !== undefined && statusOf[sent.current] === request.status;
  const isHeld = !isPending && !isOwn && ((intent !== undefined && wasPending.current) || !draft.isEmpty);
  const shown = intent ?? (isHeld ? (draft.reason ? 'reject' : 'approve') : undefined);
  return (
    <Box sx={{ '@media print': { display: isPending ? 'none' : 'block' } }}>
      <Section title={text('decision.heading')}>
        <Box sx={{ display: 'grid', gap: 4 }}>
          {isHeld && <DecisionOvertaken request={request} hasText={!draft.isEmpty} />}
          {!isPending && !isDeciding && <DecisionOutcome request={request} />}
          {/* One and the same form before and after, so that whoever types keeps the focus in its field. */}
          {(isPending || isDeciding || isHeld) && (
            <DecisionForm
              request={request}
              intent={shown}
              onIntent={setIntent}
              draft={draft}
              onSent={(decision) => {
                sent.current = decision;
              }}
              isHeld={isHeld && !isDeciding}
            />
          )}
        </Box>
      </Section>
    </Box>
  );
}

const statusOf = { approve: 'approved', reject: 'rejected' } as const;

/** Once a decision of one's own shows, with or without an answer to it: says so, and forgets what was written for it. */
function useAnnouncedDecision(
  request: MaybeFullRequest,
  isDone: boolean,
  sent: { current: DecisionIntent | undefined },
  finish: () => void,
): void {
  const text = useText();
  const notify = useNotify();
  const { name } = useTiers();
  const wasTold = useRef(false);
  useEffect(() => {
    const decision = sent.current;
    if (!isDone || wasTold.current || !decision || statusOf[decision] !== request.status) return;
    wasTold.current = true;
    finish();
    const vendor = request.vendor.name;
    notify(
      decision === 'approve'
        ? text('decision.approvedNow', { vendor, tier: name(request.target_tier) })
        : text('decision.rejectedNow', { vendor }),
      { type: 'success' },
    );
  });
}
