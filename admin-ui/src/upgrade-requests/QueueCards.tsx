import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import { useListContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { isOnLink } from '../components/is-on-link.ts';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { readQueueFilter } from '../providers/filters.ts';
import { NewMark } from './NewMark.tsx';
import { requestPath } from './paths.ts';
import type { QueueRowsProps } from './QueueTable.tsx';
import { firstLine } from './queue-columns.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { TierChange } from './TierBadge.tsx';
import { rowElementId } from './useRowFocus.ts';
import { VendorLink } from './VendorLink.tsx';
import { Waiting } from './Waiting.tsx';

/** The queue on a phone: one card a request. */
export function QueueCards({ rows, arrivals, onOpen }: QueueRowsProps) {
  const text = useText();
  const navigate = useNavigate();
  const { filterValues, selectedIds, onToggleItem } = useListContext();
  const showStatus = readQueueFilter(filterValues).status === undefined;
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          id={rowElementId(row.id)}
          // The link inside is what keyboards and screen readers use; the whole card is for thumbs.
          onClick={(event) => {
            onOpen(row.id);
            if (!isOnLink(event.target)) navigate(requestPath(row.id));
          }}
          sx={{
            px: 4,
            py: 3,
            borderBottom: 1,
            borderColor: 'divider',
            '&:last-of-type': { borderBottom: 0 },
            scrollMarginBlock: '64px',
            '&:active': { bgcolor: 'action.hover' },
          }}
        >
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: '6px' }}>
            {row.status === 'pending' && (
              <Checkbox
                size="small"
                checked={selectedIds.includes(row.id)}
                onClick={(event) => event.stopPropagation()}
                onChange={() => onToggleItem(row.id)}
                slotProps={{ input: { 'aria-label': text('queue.selectRow', { vendor: row.vendor.name }) } }}
                sx={{ my: '-6px', ml: '-6px', mr: -1 }}
              />
            )}
            <Box sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
              {arrivals.has(row.id) && <NewMark />}
              <VendorLink row={row} />
            </Box>
            <Box sx={{ flex: 'none', color: 'text.secondary', fontSize: '0.8125rem' }}>
              {row.status === 'pending' ? (
                <Waiting row={row} />
              ) : (
                <TimeAgo at={row.reviewed_at ?? row.created_at} />
              )}
            </Box>
          </Box>
          <Box sx={{ display: 'flex', gap: 3, alignItems: 'center', flexWrap: 'wrap' }}>
            <TierChange from={row.current_tier} to={row.target_tier} />
            {showStatus && <StatusBadge status={row.status} />}
          </Box>
          <Box
            sx={{
              mt: '6px',
              color: 'text.secondary',
              fontSize: '0.8125rem',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {firstLine(
              showStatus || row.status !== 'rejected'
                ? row.business_justification
                : (row.rejection_reason ?? ''),
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
