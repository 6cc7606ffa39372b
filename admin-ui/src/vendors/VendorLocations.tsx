import Box from '@mui/material/Box';
import { colors } from '@tierline/design';
import { Section } from '../components/Section.tsx';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { useTiers } from '../upgrade-requests/useTiers.ts';
import type { VendorPageVendor } from './vendor-page.ts';

/** What the vendor entered, and how much of their tier it takes. */
export function VendorLocations({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  const color = colors[useScheme()];
  const max = useTiers().find(vendor.tier)?.maxLocations;
  const used = vendor.locations_aggregate.aggregate?.count ?? vendor.locations.length;
  const more = used - vendor.locations.length;
  return (
    <Section
      title={text('request.locations')}
      aside={
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', fontVariantNumeric: 'tabular-nums' }}>
          {text('request.locationsUsed', {
            used: formatNumber(used),
            max: typeof max === 'number' ? formatNumber(max) : text('tier.unlimited').toLowerCase(),
          })}
        </Box>
      }
    >
      {typeof max === 'number' && (
        <Box sx={{ height: 4, mb: 3, borderRadius: '2px', bgcolor: color.skeleton, overflow: 'hidden' }}>
          <Box
            sx={{
              height: '100%',
              width: `${Math.min(100, (used / max) * 100)}%`,
              bgcolor: used >= max ? color.notice.warning.solid : color.accent,
            }}
          />
        </Box>
      )}
      {used === 0 && <Box sx={{ color: 'text.secondary' }}>{text('request.noLocations')}</Box>}
      <Box component="ul" sx={{ display: 'grid', gap: 2, m: 0, p: 0, listStyle: 'none' }}>
        {vendor.locations.map((location) => (
          <Box component="li" key={location.id} sx={{ overflowWrap: 'anywhere' }}>
            <Box sx={{ fontWeight: 500 }}>{location.name}</Box>
            <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
              {[location.address, location.city, location.country].filter(Boolean).join(', ')}
            </Box>
          </Box>
        ))}
      </Box>
      {more > 0 && (
        <Box sx={{ mt: 2, color: 'text.secondary', fontSize: '0.8125rem' }}>
          {text('request.moreLocations', { smart_count: more })}
        </Box>
      )}
    </Section>
  );
}
