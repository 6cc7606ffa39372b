import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useListContext } from 'ra-core';
import { Message } from '../components/Message.tsx';
import { Notice } from '../components/Notice.tsx';
import { useDelayed } from '../components/useDelayed.ts';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { countNarrowing, readQueueFilter } from '../providers/filters.ts';

const skeletonRows = [62, 48, 70, 55, 40, 66, 52, 58] as const;

/** Rows to come, in the shape of the table or the cards. */
export function QueueSkeleton({ isPhone }: { readonly isPhone: boolean }) {
  const text = useText();
  const isShown = useDelayed(true);
  return (
    <Box
      aria-busy="true"
      aria-label={text('queue.loading')}
      role="status"
      sx={{ minHeight: 380, px: 4, py: 2 }}
    >
      {isShown &&
        skeletonRows.map((width) =>
          isPhone ? (
            <Box key={width} sx={{ py: 3 }}>
              <Skeleton width={`${width}%`} />
              <Skeleton width="46%" height={26} />
              <Skeleton width="92%" />
            </Box>
          ) : (
            <Box key={width} sx={{ display: 'flex', gap: 6, height: 48, alignItems: 'center' }}>
              <Skeleton width={`${width * 0.24}%`} />
              <Skeleton width={150} height={26} />
              <Skeleton width={80} />
              <Skeleton width={48} />
              <Skeleton width={`${width * 0.6}%`} />
            </Box>
          ),
        )}
    </Box>
  );
}

/** Nothing to list, with what that means under this tab. */
export function QueueEmpty() {
  const text = useText();
  const { filterValues, setFilters } = useListContext();
  const filter = readQueueFilter(filterValues);
  const { status, q } = filter;
  if (q || countNarrowing(filter) > 0) {
    const clear = () => setFilters(status ? { status } : {}, undefined, false);
    return (
      <Message
        icon="search"
        title={text('queue.empty.filteredTitle')}
        body={text('queue.empty.filteredBody')}
        action={<Button onClick={clear}>{text('queue.clearFilters')}</Button>}
      />
    );
  }
  if (status === 'pending') {
    return (
      <Message icon="tick" title={text('queue.empty.pendingTitle')} body={text('queue.empty.pendingBody')} />
    );
  }
  const body =
    status === 'approved' || status === 'rejected' || status === 'cancelled'
      ? text(`queue.empty.${status}`)
      : text('queue.empty.all');
  return <Message icon="inbox" title={text('queue.empty.title')} body={body} />;
}

/** The rows could not be loaded; `compact` when older ones are still on screen. */
export function QueueError({
  error,
  compact = false,
}: {
  readonly error: unknown;
  readonly compact?: boolean;
}) {
  const text = useText();
  const { refetch } = useListContext();
  const plain = toPlainError(error, text);
  if (compact) {
    return (
      <Notice kind="warning" role="alert" square>
        {plain.message}
        <Button size="small" sx={{ ml: 3, minHeight: 26 }} onClick={() => refetch()}>
          {text('queue.retry')}
        </Button>
      </Notice>
    );
  }
  return (
    <Message
      icon="alert"
      role="alert"
      title={text('queue.errorTitle')}
      body={plain.message}
      action={<Button onClick={() => refetch()}>{text('queue.retry')}</Button>}
    />
  );
}

/** No network and nothing loaded earlier. */
export function QueueOffline() {
  const text = useText();
  return <Message icon="offline" title={text('offline.title')} body={text('offline.body')} />;
}
