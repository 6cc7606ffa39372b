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
        sx={{
          maxWidth: '68ch',
          fontSize: '0.9375rem',
          lineHeight: 1.6,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {request.business_justification}
      </Typography>
    </Section>
  );
}
