import Box from '@mui/material/Box';
import { Section } from '../components/Section.tsx';
import { useText } from '../i18n/use-text.ts';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionOutcome } from './DecisionOutcome.tsx';
import type { MaybeFullRequest } from './types.ts';

/** The decision: to be made, or made. When anyone decides, the outcome takes the place of the buttons at once. */
export function DecisionBox({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  return (
    <Box sx={{ '@media print': { display: request.status === 'pending' ? 'none' : 'block' } }}>
      <Section title={text('decision.heading')}>
        {request.status === 'pending' ? (
          <DecisionForm request={request} />
        ) : (
          <DecisionOutcome request={request} />
        )}
      </Section>
    </Box>
  );
}
