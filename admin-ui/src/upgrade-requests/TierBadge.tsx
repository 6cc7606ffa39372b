import Box from '@mui/material/Box';
import { colors, toTierLevel } from '@tierline/design';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { useTiers } from './useTiers.ts';

/** A tier's name in its colour. */
export function TierBadge({ level }: { readonly level: number }) {
  const { name } = useTiers();
  const tone = colors[useScheme()].tier[toTierLevel(level)];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: '6px',
        px: '7px',
        height: 22,
        borderRadius: '6px',
        border: `1px solid ${tone.border}`,
        bgcolor: tone.background,
        color: tone.text,
        fontSize: '0.75rem',
        fontWeight: 500,
        lineHeight: 1,
        whiteSpace: 'nowrap',
      }}
    >
      <Box component="span" sx={{ width: 6, height: 6, borderRadius: '2px', bgcolor: tone.solid }} />
      {name(level)}
    </Box>
  );
}

/** From one tier to another. */
export function TierChange({ from, to }: { readonly from: number; readonly to: number }) {
  const text = useText();
  const { name } = useTiers();
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'middle' }}
    >
      <span className="visually-hidden">{text('tier.change', { from: name(from), to: name(to) })}</span>
      <Box component="span" aria-hidden sx={{ display: 'inline-flex', alignItems: 'center', gap: '6px' }}>
        <TierBadge level={from} />
        <Box component="span" sx={{ color: 'text.disabled' }}>
          <Icon name="arrow-right" size={14} />
        </Box>
        <TierBadge level={to} />
      </Box>
    </Box>
  );
}
