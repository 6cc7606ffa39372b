import Box from '@mui/material/Box';
import { useRef } from 'react';
import { Notice } from '../components/Notice.tsx';
import { Section } from '../components/Section.tsx';
import { useText } from '../i18n/use-text.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionOutcome } from './DecisionOutcome.tsx';
import type { MaybeFullRequest } from './types.ts';
import { useDecisionIntent } from './useDecisionIntent.ts';
import { useDecisionsUnderWay } from './useDecisions.ts';

/** The decision: to be made, or made. When anyone decides, the outcome takes the place of the buttons at once. */
export function DecisionBox({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const [intent] = useDecisionIntent();
  const { isDeciding } = useDecisionsUnderWay(request.id);
  // Set while a decision is being prepared here and not yet sent; still set when another one turns up instead of it.
  const prepared = useRef(false);
  if (request.status === 'pending') prepared.current = intent !== undefined && !isDeciding;
  return (
    <Box sx={{ '@media print': { display: request.status === 'pending' ? 'none' : 'block' } }}>
      <Section title={text('decision.heading')}>
        {request.status === 'pending' ? (
          <DecisionForm request={request} />
        ) : (
          <>
            {prepared.current && (
              <Box sx={{ mb: 4 }}>
                <Notice kind="info" role="alert">
                  {text('decision.overtaken')}
                </Notice>
              </Box>
            )}
            <DecisionOutcome request={request} />
          </>
        )}
      </Section>
    </Box>
  );
}
