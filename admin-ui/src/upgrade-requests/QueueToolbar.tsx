import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useKeys } from '../components/useKeys.ts';
import { ExportButton } from '../export/ExportButton.tsx';
import { useText } from '../i18n/use-text.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterButton } from './FilterButton.tsx';
import { SortMenu } from './SortMenu.tsx';
import { useQueueFilter } from './useQueueFilter.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

const SEARCH_DELAY = 250;

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
      <SearchBox />
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

function SearchBox() {
  const text = useText();
  const [filter, change] = useQueueFilter();
  const input = useRef<HTMLInputElement>(null);
  const applied = filter.q ?? '';
  const [typed, setTyped] = useState(applied);

  // The address may change under the box: back, forward, or "clear filters".
  useEffect(() => setTyped(applied), [applied]);

  const changeNow = useRef(change);
  changeNow.current = change;
  useEffect(() => {
    if (typed === applied) return;
    const timer = setTimeout(() => changeNow.current({ q: typed }), SEARCH_DELAY);
    return () => clearTimeout(timer);
  }, [typed, applied]);

  useKeys(useMemo(() => ({ '/': () => input.current?.focus() }), []));

  return (
    <OutlinedInput
      inputRef={input}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (typed) setTyped('');
        else input.current?.blur();
      }}
      placeholder={text('queue.search')}
      inputProps={{ 'aria-label': text('queue.searchLabel'), type: 'search', maxLength: 200 }}
      sx={{
        flex: { xs: '1 1 100%', md: 1 },
        minWidth: 0,
        width: { lg: 230 },
        pl: '10px',
        '& input': { pl: '7px' },
        '& input::-webkit-search-cancel-button': { display: 'none' },
      }}
      startAdornment={
        <Box component="span" sx={{ color: 'text.disabled', mr: '2px' }}>
          <Icon name="search" />
        </Box>
      }
      endAdornment={
        typed && (
          <InputAdornment position="end" sx={{ ml: 0, mr: '-10px' }}>
            <IconButton aria-label={text('queue.clearSearch')} onClick={() => setTyped('')}>
              <Icon name="close" size={14} />
            </IconButton>
          </InputAdornment>
        )
      }
    />
  );
}
