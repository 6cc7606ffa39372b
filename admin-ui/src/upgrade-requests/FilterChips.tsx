import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonBase from '@mui/material/ButtonBase';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { formatDate } from '../format/time.ts';
import { type Text, useText } from '../i18n/use-text.ts';
import { countNarrowing, dateBounds, type QueueFilter } from '../providers/filters.ts';
import type { UpgradeRequestRow } from './types.ts';
import { useQueueFilter } from './useQueueFilter.ts';
import { useTiers } from './useTiers.ts';
import { useVendorChoice } from './useVendorChoices.ts';

/** The filters that are set, each with a way to take it off. */
export function FilterChips() {
  const text = useText();
  const [filter, change] = useQueueFilter();
  const { name } = useTiers();
  const vendorName = useVendorName(filter.vendor_id);
  if (countNarrowing(filter) === 0) return null;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 2,
        px: { xs: 3, sm: 4 },
        py: 2,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {filter.target_tier !== undefined && (
        <Chip
          label={text('queue.filters.chipTier', { tier: name(filter.target_tier) })}
          onRemove={() => change({ target_tier: undefined })}
        />
      )}
      {filter.vendor_id !== undefined && (
        <Chip
          label={text('queue.filters.chipVendor', { vendor: vendorName ?? '…' })}
          onRemove={() => change({ vendor_id: undefined })}
        />
      )}
      {(filter.from ?? filter.to) !== undefined && (
        <Chip
          label={describeDays(filter, text)}
          onRemove={() => change({ from: undefined, to: undefined })}
        />
      )}
      <Button
        variant="text"
        size="small"
        sx={{ minHeight: 26 }}
        onClick={() =>
          change({ target_tier: undefined, vendor_id: undefined, from: undefined, to: undefined })
        }
      >
        {text('queue.clearFilters')}
      </Button>
    </Box>
  );
}

/** The name of the vendor that is filtered by: its rows tell it, and only where there are none is it asked for. */
function useVendorName(id: string | undefined): string | undefined {
  const { data, isPending, isPlaceholderData } = useListContext<UpgradeRequestRow>();
  const row = data?.find((each) => each.vendor_id === id);
  const chosen = useVendorChoice(id, !row && !isPending && !isPlaceholderData);
  return row?.vendor.name ?? chosen?.name;
}

function describeDays(filter: QueueFilter, text: Text): string {
  const { start } = dateBounds(filter);
  const { start: end } = dateBounds(filter.to ? { from: filter.to } : {});
  const from = start && formatDate(start.getTime());
  const to = end && formatDate(end.getTime());
  if (from && to) return from === to ? from : text('queue.filters.chipBetween', { from, to });
  return from ? text('queue.filters.chipFrom', { from }) : text('queue.filters.chipTo', { to: to ?? '' });
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  const text = useText();
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        maxWidth: '100%',
        height: 26,
        pl: '10px',
        borderRadius: '13px',
        bgcolor: 'action.selected',
        fontSize: '0.8125rem',
      }}
    >
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {label}
      </Box>
      <ButtonBase
        aria-label={text('queue.filters.remove', { filter: label })}
        onClick={onRemove}
        sx={{ width: 26, height: 26, borderRadius: '13px', color: 'text.secondary' }}
      >
        <Icon name="close" size={13} />
      </ButtonBase>
    </Box>
  );
}
