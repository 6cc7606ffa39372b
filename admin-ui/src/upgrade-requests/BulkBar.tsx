import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import GlobalStyles from '@mui/material/GlobalStyles';
import { useListContext } from 'ra-core';
import { lazy, Suspense, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import type { DecisionIntent } from './paths.ts';
import type { UpgradeRequestRow } from './types.ts';
import { useSeenRows } from './useSeenRows.ts';

/** Short messages stand above the bar, not on it. */
const aboveBar = <GlobalStyles styles={{ '.MuiSnackbar-root.MuiSnackbar-root': { bottom: 72 } }} />;

/** On a phone, below the number of selected ones and side by side. */
const choice = { order: { xs: 1, sm: 0 }, flex: { xs: '1 1 40%', sm: 'none' } } as const;

const BulkDialog = lazy(() => import('./BulkDialog.tsx'));

/** How many are selected and what can be done with them; there only while something is. */
export function BulkBar({ rows }: { readonly rows: readonly UpgradeRequestRow[] }) {
  const text = useText();
  const { selectedIds, onUnselectItems } = useListContext<UpgradeRequestRow>();
  const seen = useSeenRows(rows);
  const [open, setOpen] = useState<{
    readonly intent: DecisionIntent;
    readonly requests: readonly UpgradeRequestRow[];
  }>();
  const selected = selectedIds.flatMap((id) => seen.get(String(id)) ?? []);
  const start = (intent: DecisionIntent) => setOpen({ intent, requests: selected });
  const count = { smart_count: selected.length };
  return (
    <>
      {selected.length > 0 && (
        <Box
          role="region"
          aria-label={text('bulk.bar')}
          sx={{
            position: 'sticky',
            bottom: 0,
            zIndex: 5,
            display: 'flex',
            alignItems: 'center',
            flexWrap: 'wrap',
            gap: 2,
            px: 4,
            py: 2,
            borderTop: 1,
            borderColor: 'divider',
            bgcolor: 'background.paper',
            borderRadius: '0 0 10px 10px',
            boxShadow: 3,
            '@media print': { display: 'none' },
          }}
        >
          {aboveBar}
          <Box sx={{ flex: { xs: '1 1 50%', sm: '1 1 auto' }, fontWeight: 500 }} role="status">
            {text('bulk.selected', count)}
          </Box>
          <Button
            variant="contained"
            color="success"
            startIcon={<Icon name="tick" />}
            onClick={() => start('approve')}
            sx={choice}
          >
            {text('bulk.approve', count)}
          </Button>
          <Button onClick={() => start('reject')} sx={choice}>
            {text('bulk.rejectOpen', count)}
          </Button>
          <Button variant="text" onClick={() => onUnselectItems()}>
            {text('bulk.clear')}
          </Button>
        </Box>
      )}
      {/* Always in the same place: whatever leaves the selection meanwhile, its results stay before one's eyes. */}
      {open && (
        <Suspense fallback={null}>
          <BulkDialog {...open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
