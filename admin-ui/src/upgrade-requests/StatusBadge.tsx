import Box from '@mui/material/Box';
import { colors, type RequestStatus, statusSigns } from '@tierline/design';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';

/** A status as icon and word; `filled` puts it on its own soft background. */
export function StatusBadge({
  status,
  filled = false,
}: {
  readonly status: RequestStatus;
  readonly filled?: boolean;
}) {
  const text = useText();
  const tone = colors[useScheme()].status[status];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: '5px',
        color: tone.text,
        fontSize: filled ? '0.8125rem' : 'inherit',
        fontWeight: 500,
        whiteSpace: 'nowrap',
        ...(filled && {
          paddingInline: '8px 10px',
          height: 26,
          borderRadius: '13px',
          border: `1px solid ${tone.border}`,
          bgcolor: tone.background,
        }),
      }}
    >
      <Icon name={statusSigns[status].icon} size={15} />
      {text(`statuses.${status}`)}
    </Box>
  );
}
