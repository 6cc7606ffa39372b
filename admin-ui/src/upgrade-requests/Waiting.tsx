import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { colors } from '@tierline/design';
import { Icon } from '../components/Icon.tsx';
import { formatSpan, isOverdue, OVERDUE_DAYS } from '../format/time.ts';
import { useNow } from '../format/useNow.ts';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import type { UpgradeRequestRow } from './types.ts';

/** How long a pending request has waited, marked when that is too long. */
export function Waiting({ row }: { readonly row: UpgradeRequestRow }) {
  const text = useText();
  const now = useNow();
  const tone = colors[useScheme()].notice.warning;
  const since = Date.parse(row.created_at);
  const span = formatSpan(now - since);
  if (!isOverdue(since, now)) return <span>{span}</span>;
  const warning = text('queue.overdue', { smart_count: OVERDUE_DAYS });
  return (
    <Tooltip title={warning}>
      <Box
        component="span"
        sx={{ display: 'inline-flex', alignItems: 'center', gap: '5px', color: tone.text, fontWeight: 500 }}
      >
        {span}
        <Icon name="alert" size={15} label={warning} />
      </Box>
    </Tooltip>
  );
}
