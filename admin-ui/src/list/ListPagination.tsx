import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { formatNumber } from '../format/number.ts';
import { type Text, useText } from '../i18n/use-text.ts';
import type { Count } from '../providers/count-limit.ts';

const sizes = [10, 25, 50, 100] as const;

interface ListPaginationProps {
  readonly shown: number;
  /** Undefined: nobody has counted yet. */
  readonly total?: Count | undefined;
}

/** Which rows of how many, as far as anyone counted, and the way to the others. */
export function ListPagination({ shown, total }: ListPaginationProps) {
  const text = useText();
  const { page, perPage, setPage, setPerPage, hasNextPage } = useListContext();
  const from = (page - 1) * perPage + 1;
  const to = from + shown - 1;
  if (page === 1 && !hasNextPage && shown <= sizes[0]) return null;
  const range = { from: formatNumber(from), to: formatNumber(to) };
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 2,
        px: 4,
        py: 2,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        fontSize: '0.8125rem',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <Select
        value={perPage}
        onChange={(event) => setPerPage(Number(event.target.value))}
        inputProps={{ 'aria-label': text('list.perPageLabel') }}
        variant="standard"
        disableUnderline
        IconComponent={SelectArrow}
        sx={{
          mr: 'auto',
          fontSize: 'inherit',
          color: 'inherit',
          '& .MuiSelect-select': { bgcolor: 'transparent' },
        }}
      >
        {[...new Set([...sizes, perPage])].map((size) => (
          <MenuItem key={size} value={size}>
            {text('list.perPage', { smart_count: size })}
          </MenuItem>
        ))}
      </Select>
      <span>{describeRange(range, total, to, text)}</span>
      <IconButton aria-label={text('list.previous')} disabled={page <= 1} onClick={() => setPage(page - 1)}>
        <Icon name="chevron-left" />
      </IconButton>
      <IconButton aria-label={text('list.next')} disabled={!hasNextPage} onClick={() => setPage(page + 1)}>
        <Icon name="chevron-right" />
      </IconButton>
    </Box>
  );
}

function describeRange(
  range: { readonly from: string; readonly to: string },
  total: Count | undefined,
  to: number,
  text: Text,
): string {
  // The count is read apart from the rows, so for a moment it may be behind them.
  if (total === undefined || (!total.isMore && total.count < to)) return text('list.rangeOnly', range);
  const count = formatNumber(total.count);
  return total.isMore
    ? text('list.rangeOfMore', { ...range, limit: count })
    : text('list.range', { ...range, total: count });
}
