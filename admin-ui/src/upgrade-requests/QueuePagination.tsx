import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';

const sizes = [10, 25, 50, 100] as const;

/** Which rows of how many, and the way to the others. */
export function QueuePagination({ total }: { readonly total: number }) {
  const text = useText();
  const { page, perPage, setPage, setPerPage } = useListContext();
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const from = (page - 1) * perPage + 1;
  const to = Math.min(total, page * perPage);
  if (total <= sizes[0]) return null;
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
        inputProps={{ 'aria-label': text('queue.perPageLabel') }}
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
            {text('queue.perPage', { smart_count: size })}
          </MenuItem>
        ))}
      </Select>
      <span>
        {text('queue.range', {
          from: formatNumber(from),
          to: formatNumber(to),
          total: formatNumber(total),
        })}
      </span>
      <IconButton aria-label={text('queue.previous')} disabled={page <= 1} onClick={() => setPage(page - 1)}>
        <Icon name="chevron-left" />
      </IconButton>
      <IconButton
        aria-label={text('queue.next')}
        disabled={page >= lastPage}
        onClick={() => setPage(page + 1)}
      >
        <Icon name="chevron-right" />
      </IconButton>
    </Box>
  );
}
