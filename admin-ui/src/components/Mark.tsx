import Box from '@mui/material/Box';
import { colors, type IconName } from '@tierline/design';
import { useScheme } from '../scheme/scheme.ts';
import { Icon } from './Icon.tsx';

interface MarkProps {
  readonly kind: 'info' | 'success' | 'warning' | 'danger' | 'quiet';
  readonly icon: IconName;
  readonly children: string;
}

/** A state as an icon and a word, never by colour alone. */
export function Mark({ kind, icon, children }: MarkProps) {
  const color = colors[useScheme()];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: '5px',
        color: kind === 'quiet' ? color.textMuted : color.notice[kind].text,
        fontWeight: kind === 'quiet' ? 400 : 500,
        whiteSpace: 'nowrap',
      }}
    >
      <Icon name={icon} size={15} />
      {children}
    </Box>
  );
}
