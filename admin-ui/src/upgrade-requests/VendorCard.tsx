import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import { Link as RouterLink } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { Section } from '../components/Section.tsx';
import { formatDate } from '../format/time.ts';
import { useText } from '../i18n/use-text.ts';
import { LocationsBar, LocationsUsed, useLocationsUse } from '../vendors/LocationsUse.tsx';
import { vendorPath } from '../vendors/paths.ts';
import { TierBadge } from './TierBadge.tsx';
import { isFull, type MaybeFullRequest, type VendorContext } from './types.ts';

/** Who the vendor is and how they use what they have. */
export function VendorCard({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  return (
    <Section title={text('request.vendor')} aside={<TierBadge level={request.vendor.tier} />}>
      <Link
        component={RouterLink}
        to={vendorPath(request.vendor_id)}
        sx={{
          display: 'inline-block',
          lineHeight: '24px',
          color: 'text.primary',
          fontWeight: 500,
          overflowWrap: 'anywhere',
        }}
      >
        {request.vendor.name}
      </Link>
      {isFull(request) ? (
        <VendorDetails vendor={request.vendor} />
      ) : (
        <>
          <Skeleton width="60%" />
          <Skeleton width="44%" />
        </>
      )}
    </Section>
  );
}

function VendorDetails({ vendor }: { readonly vendor: VendorContext }) {
  const text = useText();
  return (
    <>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        <Link
          href={`mailto:${encodeURIComponent(vendor.email)}`}
          // High enough beside the vendor's link to be hit with a thumb (WCAG 2.5.8).
          sx={{ display: 'inline-block', lineHeight: '24px', overflowWrap: 'anywhere' }}
        >
          {vendor.email}
        </Link>
        <Box>
          {text('request.since', { date: formatDate(Date.parse(vendor.created_at)) })}
          {vendor.is_beta && ` · ${text('request.beta')}`}
        </Box>
      </Box>
      <Locations vendor={vendor} />
    </>
  );
}

function Locations({ vendor }: { readonly vendor: VendorContext }) {
  const text = useText();
  const { used, max, more } = useLocationsUse(vendor);
  return (
    <Box sx={{ mt: 4 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', fontSize: '0.8125rem', mb: '6px' }}>
        <Box component="h3" sx={{ m: 0, fontSize: 'inherit', fontWeight: 500 }}>
          {text('request.locations')}
        </Box>
        <LocationsUsed used={used} max={max} />
      </Box>
      <LocationsBar used={used} max={max} />
      {used === 0 && (
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{text('request.noLocations')}</Box>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', fontSize: '0.8125rem' }}>
        {vendor.locations.map((location) => (
          <Box component="li" key={location.id} sx={{ display: 'flex', gap: '6px', py: '2px' }}>
            <Box sx={{ color: 'text.disabled', mt: '2px' }}>
              <Icon name="pin" size={14} />
            </Box>
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {location.name}{' '}
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {[location.city, location.country].filter(Boolean).join(', ')}
              </Box>
            </Box>
          </Box>
        ))}
        {more > 0 && (
          <Box component="li" sx={{ py: '2px', pl: '20px', color: 'text.secondary' }}>
            {text('request.moreLocations', { smart_count: more })}
          </Box>
        )}
      </Box>
    </Box>
  );
}
