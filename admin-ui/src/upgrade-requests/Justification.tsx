import Typography from '@mui/material/Typography';
import { Section } from '../components/Section.tsx';
import { useText } from '../i18n/use-text.ts';
import type { MaybeFullRequest } from './types.ts';

/** The vendor's own words, as they wrote them. */
export function Justification({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  return (
    <Section title={text('request.reason')}>
      <Typography
        dir="auto"
        sx={{
          maxWidth: '68ch',
          fontSize: '0.9375rem',
          lineHeight: 1.6,
          whiteSpace: 'pre-wrap',
          // Each paragraph runs the way its own words do.
          unicodeBidi: 'plaintext',
          overflowWrap: 'anywhere',
        }}
      >
        {request.business_justification}
      </Typography>
    </Section>
  );
}
