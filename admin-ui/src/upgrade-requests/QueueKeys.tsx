import Box from '@mui/material/Box';
import { useListContext } from 'ra-core';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { Kbd } from '../components/Kbd.tsx';
import { useKeys } from '../components/useKeys.ts';
import { useText } from '../i18n/use-text.ts';
import { printed, useKeyBindings } from '../preferences/key-bindings.ts';
import { requestPath } from './paths.ts';
import type { UpgradeRequestRow } from './types.ts';
import type { RowFocus } from './useRowFocus.ts';

const legend = [
  ['j k', 'move'],
  ['enter', 'open'],
  ['x', 'select'],
  ['a', 'approve'],
  ['r', 'reject'],
  ['/', 'search'],
  ['?', 'help'],
] as const;

interface QueueKeysProps {
  readonly rows: readonly UpgradeRequestRow[];
  readonly focus: RowFocus;
}

/** The queue by keyboard, with a legend for those who have one. */
export function QueueKeys({ rows, focus: { focusedId, move } }: QueueKeysProps) {
  const text = useText();
  const navigate = useNavigate();
  const [bindings] = useKeyBindings();
  const { onToggleItem } = useListContext();
  const canSelect = rows.some((row) => row.id === focusedId && row.status === 'pending');
  const keys = useMemo(() => {
    const open = (intent?: 'approve' | 'reject') => () => {
      if (focusedId) navigate(requestPath(focusedId, intent));
    };
    return {
      j: () => move(1),
      k: () => move(-1),
      Enter: open(),
      x: () => {
        if (canSelect) onToggleItem(focusedId);
      },
      a: open('approve'),
      r: open('reject'),
    };
  }, [canSelect, focusedId, move, navigate, onToggleItem]);
  useKeys(keys);

  if (!bindings.on) return null;
  return (
    <Box
      sx={{
        display: { xs: 'none', md: 'flex' },
        '@media (hover: none)': { display: 'none' },
        gap: 4,
        px: 4,
        py: 2,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.disabled',
        fontSize: '0.75rem',
      }}
    >
      {legend.map(([key, meaning]) => (
        <span key={key}>
          <Kbd>{printed(key, bindings)}</Kbd> {text(`queue.keys.${meaning}`)}
        </span>
      ))}
    </Box>
  );
}
