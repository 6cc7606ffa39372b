import Box from '@mui/material/Box';
import { colors, type IconName } from '@tierline/design';
import type { ReactNode } from 'react';
import { useScheme } from '../scheme/scheme.ts';
import { Icon } from './Icon.tsx';

type Kind = 'info' | 'success' | 'warning' | 'danger';

const icons: Readonly<Record<Kind, IconName>> = {
  info: 'info',
  success: 'check',
  warning: 'alert',
  danger: 'alert',
};

interface NoticeProps {
  readonly kind: Kind;
  readonly children: ReactNode;
  readonly role?: 'alert' | 'status';
  readonly square?: boolean;
}

/** A short remark in place, with an icon. */
export function Notice({ kind, children, role, square = false }: NoticeProps) {
  const tone = colors[useScheme()].notice[kind];
  return (
    <Box
      role={role}
      sx={{
        display: 'flex',
        gap: 2,
        px: 3,
        py: 2,
        border: `1px solid ${tone.border}`,
        ...(square
          ? { borderWidth: '0 0 1px', justifyContent: 'center', alignItems: 'center' }
          : { borderRadius: '8px' }),
        bgcolor: tone.background,
        color: tone.text,
        fontSize: '0.8125rem',
        lineHeight: 1.5,
      }}
    >
      <Box sx={{ mt: square ? 0 : '2px' }}>
        <Icon name={icons[kind]} />
      </Box>
      <div>{children}</div>
    </Box>
  );
}
