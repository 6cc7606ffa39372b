import Box from '@mui/material/Box';
import { colors, type IconName } from '@tierline/design';
import { Icon } from '../components/Icon.tsx';
import { useScheme } from '../scheme/scheme.ts';
import { type EventKind, isEventKind } from './audit-filter.ts';

const kindIcons: Readonly<Record<EventKind, IconName>> = {
  submitted: 'message',
  approved: 'check',
  rejected: 'cross',
  cancelled: 'slash',
  tier_changed: 'arrow-up',
  beta_changed: 'star',
  flag_changed: 'flag',
  user_disabled: 'lock',
  user_enabled: 'user',
};

interface EventSignProps {
  readonly kind: string;
  /** Where the vendor's tier changed: from which to which. */
  readonly fromTier?: number | null | undefined;
  readonly toTier?: number | null | undefined;
}

function iconOf({ kind, fromTier, toTier }: EventSignProps): IconName {
  if (!isEventKind(kind)) return 'history';
  const isDown = kind === 'tier_changed' && fromTier != null && toTier != null && toTier < fromTier;
  return isDown ? 'arrow-down' : kindIcons[kind];
}

/** The sign before a line of a timeline, in the colour of the status that it led to. */
export function EventSign(event: EventSignProps) {
  const { kind } = event;
  const color = colors[useScheme()];
  const tone =
    kind === 'approved' || kind === 'rejected' || kind === 'cancelled'
      ? color.status[kind]
      : color.notice.info;
  return (
    <Box
      sx={{
        display: 'grid',
        placeItems: 'center',
        width: 28,
        height: 28,
        borderRadius: '50%',
        border: `1px solid ${tone.border}`,
        bgcolor: tone.background,
        color: tone.text,
      }}
    >
      <Icon name={iconOf(event)} size={15} />
    </Box>
  );
}
