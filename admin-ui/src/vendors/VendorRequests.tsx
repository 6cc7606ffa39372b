import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { RequestStatus } from '@tierline/design';
import { Link as RouterLink } from 'react-router';
import { Section } from '../components/Section.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { requestPath } from '../upgrade-requests/paths.ts';
import { StatusBadge } from '../upgrade-requests/StatusBadge.tsx';
import { TierChange } from '../upgrade-requests/TierBadge.tsx';
import type { VendorPageVendor } from './vendor-page.ts';

/** What the vendor has asked for, newest first. */
export function VendorRequests({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  const all = vendor.requests_aggregate.aggregate?.count ?? vendor.requests.length;
  const more = all - vendor.requests.length;
  return (
    <Section title={text('vendors.requests')}>
      {vendor.requests.length === 0 && (
        <Box sx={{ color: 'text.secondary' }}>{text('vendors.noRequests')}</Box>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {vendor.requests.map((request) => (
          <Box
            component="li"
            key={request.id}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              alignItems: 'center',
              columnGap: 4,
              rowGap: 1,
              py: 2,
              borderTop: 1,
              borderColor: 'divider',
              '&:first-of-type': { borderTop: 0, pt: 0 },
              '&:last-of-type': { pb: 0 },
            }}
          >
            <Link component={RouterLink} to={requestPath(request.id)} sx={{ color: 'text.primary' }}>
              <TierChange from={request.current_tier} to={request.target_tier} />
            </Link>
            <StatusBadge status={request.status as RequestStatus} />
            <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
              <TimeAgo at={request.reviewed_at ?? request.created_at} />
            </Box>
          </Box>
        ))}
      </Box>
      {more > 0 && (
        <Box sx={{ mt: 2, color: 'text.secondary', fontSize: '0.8125rem' }}>
          {text('vendors.moreRequests', { smart_count: more })}
        </Box>
      )}
    </Section>
  );
}
