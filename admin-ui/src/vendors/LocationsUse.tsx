import Box from '@mui/material/Box';
import { colors } from '@tierline/design';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { useTiers } from '../upgrade-requests/useTiers.ts';

interface UsedBy {
  readonly tier: number;
  readonly locations: readonly unknown[];
  readonly locations_aggregate: { readonly aggregate: { readonly count: number } | null };
}

/** How many locations a vendor has, how many its tier allows (null: as many as they like), and how many are not listed. */
export function useLocationsUse(vendor: UsedBy): {
  readonly used: number;
  readonly max: number | null;
  readonly more: number;
} {
  const max = useTiers().find(vendor.tier)?.maxLocations ?? null;
  const used = vendor.locations_aggregate.aggregate?.count ?? vendor.locations.length;
  return { used, max, more: used - vendor.locations.length };
}

interface UseProps {
  readonly used: number;
  readonly max: number | null;
}

/** The same in words. */
export function LocationsUsed({ used, max }: UseProps) {
  const text = useText();
  return (
    <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', fontVariantNumeric: 'tabular-nums' }}>
      {text('request.locationsUsed', {
        used: formatNumber(used),
        max: max === null ? text('tier.unlimited').toLowerCase() : formatNumber(max),
      })}
    </Box>
  );
}

/** The same as a bar; none where there is no limit. */
export function LocationsBar({ used, max }: UseProps) {
  const color = colors[useScheme()];
  if (max === null) return null;
  return (
    <Box sx={{ height: 4, mb: 3, borderRadius: '2px', bgcolor: color.skeleton, overflow: 'hidden' }}>
      <Box
        sx={{
          height: '100%',
          width: `${Math.min(100, (used / max) * 100)}%`,
          bgcolor: used >= max ? color.notice.warning.solid : color.accent,
        }}
      />
    </Box>
  );
}
