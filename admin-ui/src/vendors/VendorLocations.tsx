import Box from '@mui/material/Box';
import { Section } from '../components/Section.tsx';
import { useText } from '../i18n/use-text.ts';
import { LocationsBar, LocationsUsed, useLocationsUse } from './LocationsUse.tsx';
import type { VendorPageVendor } from './vendor-page.ts';

/** What the vendor entered, and how much of their tier it takes. */
export function VendorLocations({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  const { used, max, more } = useLocationsUse(vendor);
  return (
    <Section title={text('request.locations')} aside={<LocationsUsed used={used} max={max} />}>
      <LocationsBar used={used} max={max} />
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
