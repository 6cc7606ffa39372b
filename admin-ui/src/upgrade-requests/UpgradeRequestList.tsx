import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { ListBase, useListContext } from 'ra-core';
import { useEffect, useMemo, useRef } from 'react';
import { whenIdle } from '../console/when-idle.ts';
import { useText } from '../i18n/use-text.ts';
import { ListPagination } from '../list/ListPagination.tsx';
import { ReadableAddress } from '../list/ReadableAddress.tsx';
import type { AddressRule } from '../list/readable-address.ts';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';
import { countOf } from '../providers/queue-counts.ts';
import { longestWaitingFirst, SORT_FIELDS, usualOrder } from '../providers/queue-order.ts';
import { ArrivalsNotice } from './ArrivalsNotice.tsx';
import { BulkBar } from './BulkBar.tsx';
import { FilterChips } from './FilterChips.tsx';
import { importRequestPage } from './import-request-page.ts';
import { QueueCards } from './QueueCards.tsx';
import { QueueKeys } from './QueueKeys.tsx';
import { QueueEmpty, QueueError, QueueOffline, QueueSkeleton } from './QueueStates.tsx';
import { QueueTable } from './QueueTable.tsx';
import { QueueToolbar } from './QueueToolbar.tsx';
import { StatusTabs } from './StatusTabs.tsx';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';
import { useCalmRows } from './useCalmRows.ts';
import { useQueueCounts } from './useQueueCounts.ts';
import { useQueueOverview } from './useQueueOverview.ts';
import { useRowFocus } from './useRowFocus.ts';

const pendingFirst: QueueFilter = { status: 'pending' };
// The page shows its own error state; without this react-admin would add a passing message to it.
const queryOptions = { onError: () => undefined };

const addressRule: AddressRule = {
  readFilter: (values) => ({ ...readQueueFilter(values) }),
  sorts: SORT_FIELDS,
  sort: (filter) => usualOrder(readQueueFilter(filter).status),
  filter: { ...pendingFirst },
};

/** The review queue: status tabs, filters, and the requests as a table or, on a phone, as cards. */
export function UpgradeRequestList() {
  return (
    <ReadableAddress resource={REQUESTS} rule={addressRule}>
      <ListBase
        sort={{ ...longestWaitingFirst }}
        filterDefaultValues={pendingFirst}
        perPage={25}
        debounce={250}
        queryOptions={queryOptions}
        disableAuthentication
      >
        <Queue />
      </ListBase>
    </ReadableAddress>
  );
}

function Queue() {
  const text = useText();
  const waiting = useQueueOverview().data?.counts.pending;

  // If it fails, opening a request tries again and then says so.
  useEffect(() => whenIdle(() => void importRequestPage().catch(() => undefined)), []);

  useEffect(() => {
    document.title =
      waiting === undefined ? text('product') : text('queue.documentTitle', { smart_count: waiting });
  }, [waiting, text]);

  return (
    <Box>
      <Typography variant="h1" sx={{ mb: 4 }}>
        {text('queue.title')}
      </Typography>
      {/* Clipped, not hidden: within a box that could scroll, the bar of the selected ones would not stay in the window. */}
      <Card sx={{ overflow: 'clip' }}>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            justifyContent: 'space-between',
            columnGap: 4,
            borderBottom: 1,
            borderColor: 'divider',
            px: { xs: 3, sm: 4 },
          }}
        >
          <StatusTabs />
          <QueueToolbar />
        </Box>
        <FilterChips />
        <QueueBody />
      </Card>
    </Box>
  );
}

function QueueBody() {
  const { data = noRows } = useListContext<UpgradeRequestRow>();
  useUnselectDecided(data);
  return (
    <>
      <QueueRows />
      <BulkBar rows={data} />
    </>
  );
}

function QueueRows() {
  const { data, error, isPending, isPaused, isPlaceholderData, filterValues, page, sort } =
    useListContext<UpgradeRequestRow>();
  const isPhone = useMediaQuery((theme) => theme.breakpoints.down('sm'));
  const counts = useQueueCounts();
  const view = useMemo(() => JSON.stringify([filterValues, page, sort]), [filterValues, page, sort]);
  // Rows that are still to come are none that came in.
  const isForeign = isPlaceholderData === true || data === undefined;
  const { rows, arrivals, held, show } = useCalmRows(view, data ?? noRows, isForeign);
  const focus = useRowFocus(rows);
  const { status } = readQueueFilter(filterValues);
  const shownTab = useRef(status);
  const isOtherTab = isPlaceholderData && shownTab.current !== status;
  useEffect(() => {
    if (!isPlaceholderData) shownTab.current = status;
  }, [isPlaceholderData, status]);
  // Rows of another tab are no answer to this one, however faint.
  if (isOtherTab) return <QueueSkeleton key={status} isPhone={isPhone} />;
  if (isPending) return isPaused ? <QueueOffline /> : <QueueSkeleton isPhone={isPhone} />;
  if (error && !data) return <QueueError error={error} />;
  if (rows.length === 0) return <QueueEmpty />;
  const View = isPhone ? QueueCards : QueueTable;
  return (
    <Box
      sx={{ opacity: isPlaceholderData ? 0.55 : 1, transition: 'opacity 100ms' }}
      aria-busy={isPlaceholderData}
    >
      {error && <QueueError error={error} compact />}
      <ArrivalsNotice view={view} rows={rows} held={held} onShow={show} />
      <View rows={rows} arrivals={arrivals} focusedId={focus.focusedId} onOpen={focus.set} />
      <ListPagination shown={rows.length} total={counts && countOf(counts, filterValues.status)} />
      <QueueKeys rows={rows} focus={focus} />
    </Box>
  );
}

/** What was decided, by whomever, can no longer be decided with the others. */
function useUnselectDecided(rows: readonly UpgradeRequestRow[]): void {
  const { selectedIds, onSelect } = useListContext<UpgradeRequestRow>();
  useEffect(() => {
    const decided = rows.filter((row) => row.status !== 'pending' && selectedIds.includes(row.id));
    if (decided.length === 0) return;
    onSelect(selectedIds.filter((id) => !decided.some((row) => row.id === id)));
  }, [rows, selectedIds, onSelect]);
}

const noRows: readonly UpgradeRequestRow[] = [];
