import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import type { Column, Row } from './types.ts';

const MIN_COLUMN = 132;
const edges = { '&:first-of-type': { pl: 4 }, '&:last-of-type': { pr: 4 } } as const;

interface DataTableProps<T extends Row> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
}

/** Rows as a dense table that sorts by its heads and scrolls sideways inside its card where there is no room. */
export function DataTable<T extends Row>({ label, columns, rows }: DataTableProps<T>) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table
        size="small"
        aria-label={label}
        sx={{ tableLayout: 'fixed', minWidth: columns.length * MIN_COLUMN }}
      >
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} />
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} hover>
              {columns.map((column) => (
                <TableCell
                  key={column.key}
                  sx={{
                    overflow: 'hidden',
                    textOverflow: 'ellipsis',
                    whiteSpace: column.wraps ? 'normal' : 'nowrap',
                    overflowWrap: 'anywhere',
                    height: 44,
                    ...edges,
                  }}
                >
                  {column.render(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function HeadCell<T extends Row>({ column }: { readonly column: Column<T> }) {
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
