import Box from '@mui/material/Box';
import TableCell from '@mui/material/TableCell';
import TableSortLabel from '@mui/material/TableSortLabel';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import type { ColumnHead } from './types.ts';

/** The room between a table's outer columns and its card. */
export const edges = { '&:first-of-type': { pl: 4 }, '&:last-of-type': { pr: 4 } } as const;

/** The head of a column, by which the list around it is sorted where the server can. */
export function HeadCell({ column }: { readonly column: ColumnHead }) {
  const text = useText();
  const { sort, setSort } = useListContext();
  const field = column.sortBy;
  const isSorted = field !== undefined && sort.field === field;
  const ascending = sort.order === 'ASC';
  const next = isSorted ? !ascending : column.ascendingFirst === true;
  return (
    <TableCell
      sx={{ width: column.width, ...edges }}
      {...(isSorted && { 'aria-sort': ascending ? 'ascending' : 'descending' })}
    >
      {field ? (
        <TableSortLabel
          active={isSorted}
          direction={isSorted && ascending ? 'asc' : 'desc'}
          IconComponent={SortArrow}
          onClick={() => setSort({ field, order: next ? 'ASC' : 'DESC' })}
        >
          {text(column.label)}
        </TableSortLabel>
      ) : (
        text(column.label)
      )}
    </TableCell>
  );
}

function SortArrow({ className }: { readonly className?: string }) {
  return (
    <Box component="span" className={className} sx={{ ml: '4px', '&&': { fontSize: 0 } }}>
      <Icon name="arrow-down" size={12} />
    </Box>
  );
}
