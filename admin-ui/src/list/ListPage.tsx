import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { IconName } from '@tierline/design';
import { ListBase, useListContext } from 'ra-core';
import { type ReactNode, useMemo } from 'react';
import { Message } from '../components/Message.tsx';
import { Notice } from '../components/Notice.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { RowsSkeleton } from '../components/Skeletons.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { type TextKey, useText } from '../i18n/use-text.ts';
import { COUNT_LIMIT } from '../providers/count-limit.ts';
import { addressRuleOf } from '../providers/list-rules.ts';
import { DataCards } from './DataCards.tsx';
import { DataTable } from './DataTable.tsx';
import { ListPagination } from './ListPagination.tsx';
import { ReadableAddress } from './ReadableAddress.tsx';
import type { Column, Row } from './types.ts';

interface ListPageProps<T extends Row> {
  readonly resource: string;
  readonly title: TextKey;
  /** A sentence under the title. */
  readonly lead?: TextKey;
  readonly sort: { readonly field: string; readonly order: 'ASC' | 'DESC' };
  readonly columns: readonly Column<T>[];
  /** Milliseconds between two looks at rows whose changes no live update tells of. */
  readonly refreshEvery?: number;
  readonly filters: ReactNode;
  /** What to say while there is nothing at all. */
  readonly empty: { readonly icon: IconName; readonly title: TextKey; readonly body: TextKey };
}

/** A list with its filters: a table, or cards on a phone, and all the states that it can be in. */
export function ListPage<T extends Row>({ resource, sort, refreshEvery, ...page }: ListPageProps<T>) {
  const { field, order } = sort;
  const rule = useMemo(() => addressRuleOf(resource, { field, order }), [resource, field, order]);
  return (
    <ReadableAddress resource={resource} rule={rule}>
      <ListBase
        resource={resource}
        sort={sort}
        perPage={25}
        debounce={250}
        queryOptions={{
          // The page shows its own error state; without this react-admin would add a passing message to it.
          onError: () => undefined,
          ...(refreshEvery !== undefined && { refetchInterval: refreshEvery }),
        }}
        disableAuthentication
      >
        <PageHeading title={page.title} {...(page.lead && { lead: page.lead })} />
        <Card>
          <Box
            sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, p: 3, borderBottom: 1, borderColor: 'divider' }}
          >
            {page.filters}
          </Box>
          <ListBody {...page} />
        </Card>
      </ListBase>
    </ReadableAddress>
  );
}

function ListBody<T extends Row>({
  title,
  columns,
  empty,
}: Pick<ListPageProps<T>, 'title' | 'columns' | 'empty'>) {
  const text = useText();
  const { data, total, error, isPending, isPaused, isPlaceholderData, filterValues, setFilters, refetch } =
    useListContext<T>();
  const isPhone = useMediaQuery((theme) => theme.breakpoints.down('sm'));
  if (isPending) {
    return isPaused ? (
      <Message icon="offline" title={text('offline.title')} body={text('offline.body')} />
    ) : (
      <RowsSkeleton label={text('list.loading')} />
    );
  }
  if (error && !data) {
    return (
      <Message
        icon="alert"
        role="alert"
        title={text('list.errorTitle')}
        body={toPlainError(error, text).message}
        action={<Button onClick={() => refetch()}>{text('list.retry')}</Button>}
      />
    );
  }
  const rows = data ?? [];
  if (rows.length === 0) {
    return Object.keys(filterValues ?? {}).length > 0 ? (
      <Message
        icon="search"
        title={text('list.filteredTitle')}
        body={text('list.filteredBody')}
        action={<Button onClick={() => setFilters({}, undefined, false)}>{text('list.clearFilters')}</Button>}
      />
    ) : (
      <Message icon={empty.icon} title={text(empty.title)} body={text(empty.body)} />
    );
  }
  const View = isPhone ? DataCards : DataTable;
  return (
    <Box
      sx={{ opacity: isPlaceholderData ? 0.55 : 1, transition: 'opacity 100ms' }}
      aria-busy={isPlaceholderData}
    >
      {error && (
        <Notice kind="warning" role="alert" square>
          {toPlainError(error, text).message}
        </Notice>
      )}
      <View label={text(title)} columns={columns} rows={rows} />
      {/* Only what is more than anyone counts has no total. */}
      <ListPagination
        shown={rows.length}
        total={total === undefined ? { count: COUNT_LIMIT, isMore: true } : { count: total, isMore: false }}
      />
    </Box>
  );
}
