import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import { Link as RouterLink } from 'react-router';
import { Section } from '../components/Section.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { requestPath } from './paths.ts';
import { StatusBadge } from './StatusBadge.tsx';
import { TierChange } from './TierBadge.tsx';
import { isFull, type MaybeFullRequest, type PastRequest } from './types.ts';

/** What the same vendor asked for at other times. */
export function PastRequests({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  if (!isFull(request)) {
    return (
      <Section title={text('request.past')}>
        <Skeleton width="52%" />
      </Section>
    );
  }
  const others = request.vendor.requests.filter((other) => other.id !== request.id);
  return (
    <Section title={text('request.past')}>
      {others.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>{text('request.noPast')}</Box>
      ) : (
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {others.map((other) => (
            <PastEntry key={other.id} request={other} />
          ))}
        </Box>
      )}
    </Section>
  );
}

function PastEntry({ request }: { readonly request: PastRequest }) {
  return (
    <Box
      component="li"
      sx={{
        py: 3,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0, pt: 1 },
        '&:last-of-type': { pb: 0 },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 4, rowGap: 1 }}>
        <Link component={RouterLink} to={requestPath(request.id)} sx={{ color: 'text.primary' }}>
          <TierChange from={request.current_tier} to={request.target_tier} />
        </Link>
        <StatusBadge status={request.status} />
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          <TimeAgo at={request.reviewed_at ?? request.created_at} />
        </Box>
      </Box>
      {request.rejection_reason && (
        <Box sx={{ mt: 1, color: 'text.secondary', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
          “{request.rejection_reason}”
        </Box>
      )}
    </Box>
  );
}
