import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { countNarrowing } from '../providers/filters.ts';
import { useQueueFilter } from './useQueueFilter.ts';

const FilterPanel = lazy(() => import('./FilterPanel.tsx'));

/** Opens the filters, and says how many are set. */
export function FilterButton() {
  const text = useText();
  const [filter] = useQueueFilter();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const set = countNarrowing(filter);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        startIcon={<Icon name="filter" />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ flex: 'none' }}
      >
        {text('queue.filters.open')}
        {set > 0 && (
          <Box
            component="span"
            sx={{
              ml: '6px',
              minWidth: 18,
              px: '5px',
              borderRadius: '9px',
              bgcolor: 'primary.main',
              color: 'primary.contrastText',
              fontSize: '0.75rem',
              lineHeight: '18px',
            }}
          >
            {set}
          </Box>
        )}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': text('queue.filters.open'),
            sx: {
              mt: 1,
              width: 340,
              maxWidth: 'calc(100vw - 32px)',
              p: 4,
              border: 1,
              borderColor: 'divider',
            },
          },
        }}
      >
        <Suspense fallback={<Box sx={{ height: 260 }} />}>
          <FilterPanel onClose={() => setAnchor(null)} />
        </Suspense>
      </Popover>
    </>
  );
}
