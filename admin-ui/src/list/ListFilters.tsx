import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import { useListContext } from 'ra-core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { useKeys } from '../components/useKeys.ts';
import { useText } from '../i18n/use-text.ts';

const SEARCH_DELAY = 250;

/** One filter of the list around it, kept in the address; `undefined` takes it out. */
export function useListFilter(name: string): readonly [unknown, (value: unknown) => void] {
  const { filterValues, setFilters } = useListContext();
  const change = (value: unknown) => {
    const { [name]: _, ...others } = filterValues as Record<string, unknown>;
    setFilters(value === undefined ? others : { ...others, [name]: value }, undefined, false);
  };
  return [(filterValues as Record<string, unknown> | undefined)?.[name], change];
}

/** Words to search for; `/` goes there. */
export function ListSearch({ label }: { readonly label: string }) {
  const text = useText();
  const [value, change] = useListFilter('q');
  const applied = typeof value === 'string' ? value : '';
  const [typed, setTyped] = useState(applied);
  const input = useRef<HTMLInputElement>(null);

  // The address may change under the box: back, forward, or "clear filters".
  useEffect(() => setTyped(applied), [applied]);

  const changeNow = useRef(change);
  changeNow.current = change;
  useEffect(() => {
    if (typed === applied) return;
    const timer = setTimeout(() => changeNow.current(typed === '' ? undefined : typed), SEARCH_DELAY);
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
      placeholder={label}
      inputProps={{ 'aria-label': label, type: 'search', maxLength: 200 }}
      sx={{
        flex: '1 1 200px',
        maxWidth: 320,
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
          <IconButton aria-label={text('list.clearSearch')} onClick={() => setTyped('')} sx={{ mr: '-10px' }}>
            <Icon name="close" size={14} />
          </IconButton>
        )
      }
    />
  );
}

const ANY = '';

export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

interface ListSelectProps {
  readonly name: string;
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly any: string;
  readonly choices: readonly Choice[];
}

/** One choice among few. */
export function ListSelect({ name, label, any, choices }: ListSelectProps) {
  const [value, change] = useListFilter(name);
  const chosen = choices.find((choice) => choice.value === value)?.value ?? ANY;
  return (
    <Select
      value={chosen}
      displayEmpty
      onChange={(event) => change(event.target.value === ANY ? undefined : event.target.value)}
      inputProps={{ 'aria-label': label }}
      IconComponent={SelectArrow}
      sx={{
        flex: 'none',
        '& .MuiSelect-select': { display: 'flex', alignItems: 'center', minHeight: '0 !important' },
      }}
    >
      <MenuItem value={ANY}>{any}</MenuItem>
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </Select>
  );
}
