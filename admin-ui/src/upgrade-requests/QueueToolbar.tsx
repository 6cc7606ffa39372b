import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import { useListContext } from 'ra-core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { useKeys } from '../components/useKeys.ts';
import { useText } from '../i18n/use-text.ts';
import { type QueueFilter, readQueueFilter } from '../providers/filters.ts';
import { useTiers } from './useTiers.ts';

const ANY = 0;
const SEARCH_DELAY = 250;

/** Search and target tier. Both live in the address, so that a filtered queue can be sent as a link. */
export function QueueToolbar() {
  return (
    <Box sx={{ display: 'flex', gap: 2, py: 2, flex: { xs: '1 1 100%', lg: '0 1 auto' }, minWidth: 0 }}>
      <SearchBox />
      <TierFilter />
    </Box>
  );
}

function useQueueFilter(): [QueueFilter, (change: QueueFilter) => void] {
  const { filterValues, setFilters } = useListContext();
  const filter = readQueueFilter(filterValues);
  const change = (next: QueueFilter) => {
    const merged = { ...filter, ...next };
    setFilters(
      Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined && value !== '')),
      undefined,
      false,
    );
  };
  return [filter, change];
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
        flex: 1,
        minWidth: 0,
        width: { lg: 260 },
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

function TierFilter() {
  const text = useText();
  const [filter, change] = useQueueFilter();
  const { tiers } = useTiers();
  // A tier nobody can ask for (the lowest) is no use as a target.
  const targets = tiers.slice(1);
  const value = targets.some((tier) => tier.level === filter.target_tier) ? filter.target_tier : ANY;
  return (
    <Select
      value={value ?? ANY}
      onChange={(event) => {
        const level = Number(event.target.value);
        change({ target_tier: level === ANY ? undefined : level } as QueueFilter);
      }}
      inputProps={{ 'aria-label': text('queue.targetTier') }}
      IconComponent={SelectArrow}
      sx={{
        flex: 'none',
        '& .MuiSelect-select': { display: 'flex', alignItems: 'center', minHeight: '0 !important' },
      }}
    >
      <MenuItem value={ANY}>{text('queue.anyTier')}</MenuItem>
      {targets.map((tier) => (
        <MenuItem key={tier.level} value={tier.level}>
          {tier.name}
        </MenuItem>
      ))}
    </Select>
  );
}
