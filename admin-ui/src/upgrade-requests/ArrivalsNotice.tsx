import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useListContext } from 'ra-core';
import { useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useArrived } from '../live/LiveUpdates.tsx';
import { isNarrowed, readQueueFilter } from '../providers/filters.ts';
import { newestFirst } from '../providers/queue-order.ts';
import type { UpgradeRequestRow } from './types.ts';

interface ArrivalsNoticeProps {
  /** The filter, order and page on screen. */
  readonly view: string;
  readonly rows: readonly UpgradeRequestRow[];
  /** What came in and waits to be shown. */
  readonly held: readonly UpgradeRequestRow[];
  readonly onShow: () => void;
}

/**
 * How many requests came in that are not among the rows on screen: held back, so that none of those moves, or on another page.
 * It lies over the list's edge, since a line of its own would move the rows as well.
 */
export function ArrivalsNotice({ view, rows, held, onShow }: ArrivalsNoticeProps) {
  const text = useText();
  const { setSort } = useListContext();
  const elsewhere = useArrivedElsewhere(view, rows);
  const count = held.length || elsewhere;
  return (
    <Box
      role="status"
      sx={{
        position: 'sticky',
        top: 60,
        zIndex: 4,
        height: 0,
        display: 'flex',
        justifyContent: 'center',
        '@media print': { display: 'none' },
      }}
    >
      {count > 0 && (
        <Button
          size="small"
          onClick={held.length > 0 ? onShow : () => setSort({ ...newestFirst })}
          sx={{
            height: 30,
            mt: '-15px',
            borderRadius: '15px',
            boxShadow: 2,
            '&, &:hover': { bgcolor: 'background.paper' },
          }}
        >
          {text(held.length > 0 ? 'queue.arrivals.above' : 'queue.arrivals.elsewhere', {
            smart_count: count,
          })}
          {' · '}
          {text(held.length > 0 ? 'queue.arrivals.show' : 'queue.arrivals.newest')}
        </Button>
      )}
    </Box>
  );
}

/** Of all that came in since the view is on screen, how many are on another page; only where every new request belongs. */
function useArrivedElsewhere(view: string, rows: readonly UpgradeRequestRow[]): number {
  const { filterValues, hasNextPage, hasPreviousPage } = useListContext();
  const arrived = useArrived();
  const since = useRef({ view, arrived });
  if (since.current.view !== view) since.current = { view, arrived };
  const filter = readQueueFilter(filterValues);
  const isWhole = (filter.status === undefined || filter.status === 'pending') && !isNarrowed(filter);
  if (!isWhole || !(hasNextPage || hasPreviousPage)) return 0;
  const known = new Set([...since.current.arrived, ...rows.map(({ id }) => id)]);
  return arrived.filter((id) => !known.has(id)).length;
}
