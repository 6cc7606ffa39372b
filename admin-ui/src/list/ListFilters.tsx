import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useListContext } from 'ra-core';
import { SearchBox } from '../components/SearchBox.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { useText } from '../i18n/use-text.ts';
import { useFilterChange } from './useFilterChange.ts';

/** One filter of the list around it, kept in the address; `undefined` takes it out. */
export function useListFilter(name: string): readonly [unknown, (value: unknown) => void] {
  const { filterValues } = useListContext();
  const change = useFilterChange();
  return [
    (filterValues as Record<string, unknown> | undefined)?.[name],
    (value) => change({ [name]: value }),
  ];
}

/** Words to search for in the list around it. */
export function ListSearch({ label }: { readonly label: string }) {
  const text = useText();
  const [value, change] = useListFilter('q');
  return (
    <SearchBox
      applied={typeof value === 'string' ? value : ''}
      apply={change}
      label={label}
      placeholder={label}
      clearLabel={text('list.clearSearch')}
      sx={{ flex: '1 1 200px', maxWidth: 320 }}
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
      sx={{ flex: { xs: '1 1 auto', sm: 'none' } }}
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
