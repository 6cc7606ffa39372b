import Box from '@mui/material/Box';
import { colors } from '@tierline/design';
import { Icon } from '../components/Icon.tsx';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { TierBadge } from './TierBadge.tsx';
import type { MaybeFullRequest } from './types.ts';
import { useTiers } from './useTiers.ts';

/** What the vendor has now beside what approval gives them. */
export function TierComparison({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const { find } = useTiers();
  const tone = colors[useScheme()].notice.success;
  const now = find(request.vendor.tier);
  const then = find(request.target_tier);
  const limit = (max: number | null | undefined) =>
    max === null ? text('tier.unlimited') : max === undefined ? '–' : formatNumber(max);
  const gains = then?.features.filter((feature) => !now?.features.includes(feature)) ?? [];
  const cell = { p: 0, py: '6px', textAlign: 'left', fontWeight: 400, verticalAlign: 'middle' } as const;
  const label = { ...cell, pr: 3, color: 'text.secondary', width: '32%' } as const;
  const head = { ...cell, color: 'text.secondary', fontSize: '0.75rem', fontWeight: 500, py: '2px' } as const;

  return (
    <Box>
      <Box
        component="table"
        sx={{ width: '100%', borderCollapse: 'collapse', fontVariantNumeric: 'tabular-nums' }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" sx={{ ...head, pr: 3, width: '32%' }}>
              {text('decision.changes')}
            </Box>
            <Box component="th" scope="col" sx={head}>
              {text('decision.before')}
            </Box>
            <Box component="th" scope="col" sx={head}>
              {text('decision.after')}
            </Box>
          </tr>
        </thead>
        <tbody>
          <tr>
            <Box component="th" scope="row" sx={label}>
              {text('decision.tierRow')}
            </Box>
            <Box component="td" sx={cell}>
              <TierBadge level={request.vendor.tier} />
            </Box>
            <Box component="td" sx={cell}>
              <TierBadge level={request.target_tier} />
            </Box>
          </tr>
          <tr>
            <Box component="th" scope="row" sx={label}>
              {text('decision.locationsRow')}
            </Box>
            <Box component="td" sx={cell}>
              {limit(now?.maxLocations)}
            </Box>
            <Box component="td" sx={{ ...cell, fontWeight: 500 }}>
              {limit(then?.maxLocations)}
            </Box>
          </tr>
        </tbody>
      </Box>
      {gains.length > 0 && (
        <Box component="ul" aria-label={text('decision.gains')} sx={{ m: 0, mt: 1, p: 0, listStyle: 'none' }}>
          {gains.map((feature) => (
            <Box component="li" key={feature} sx={{ display: 'flex', gap: '6px', py: '2px' }}>
              <Box sx={{ color: tone.text, mt: '3px' }}>
                <Icon name="plus" size={14} />
              </Box>
              {feature}
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}
