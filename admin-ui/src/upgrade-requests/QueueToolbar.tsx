import Box from '@mui/material/Box';
import { SearchBox } from '../components/SearchBox.tsx';
import { ExportButton } from '../export/ExportButton.tsx';
import { useText } from '../i18n/use-text.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterButton } from './FilterButton.tsx';
import { SortMenu } from './SortMenu.tsx';
import { useQueueFilter } from './useQueueFilter.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

/** Search, filters, saved views, columns and export. What narrows the queue down lives in the address, so that a filtered queue can be sent as a link. */
export function QueueToolbar() {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', md: 'nowrap' },
        alignItems: 'center',
        gap: 2,
        py: 2,
        flex: { xs: '1 1 100%', lg: '0 1 auto' },
        minWidth: 0,
      }}
    >
      <QueueSearch />
      <FilterButton />
      <ViewsMenu />
      <Box sx={{ display: 'flex', ml: { xs: 'auto', md: 0 } }}>
        <SortMenu />
        <ColumnsMenu />
        <ExportButton />
      </Box>
    </Box>
  );
}

function QueueSearch() {
  const text = useText();
  const [filter, change] = useQueueFilter();
  return (
    <SearchBox
      applied={filter.q ?? ''}
      apply={(q) => change({ q })}
      label={text('queue.searchLabel')}
      placeholder={text('queue.search')}
      clearLabel={text('queue.clearSearch')}
      sx={{ flex: { xs: '1 1 100%', md: 1 }, minWidth: 0, width: { lg: 230 } }}
    />
  );
}
