import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { edges, HeadCell } from './HeadCell.tsx';
import type { Column, Row } from './types.ts';

const MIN_COLUMN = 132;

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
