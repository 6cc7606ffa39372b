import Box from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import { motion } from '@tierline/design';
import { useListContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { isOnLink } from '../components/is-on-link.ts';
import { useText } from '../i18n/use-text.ts';
import { readQueueFilter } from '../providers/filters.ts';
import { NewMark } from './NewMark.tsx';
import { requestPath } from './paths.ts';
import { type QueueColumn, queueColumns } from './queue-columns.tsx';
import type { UpgradeRequestRow } from './types.ts';
import { rowElementId } from './useRowFocus.ts';

export interface QueueRowsProps {
  readonly rows: readonly UpgradeRequestRow[];
  /** Rows that came in while one was looking. */
  readonly arrivals: ReadonlySet<string>;
  /** The row the keyboard is on. */
  readonly focusedId: string | undefined;
  /** Told which row was opened, so that it is the one to come back to. */
  readonly onOpen: (id: string) => void;
}

/** Below this, times a table's columns, it scrolls sideways inside its card. */
const MIN_COLUMN = 144;

const slideIn = keyframes`from { opacity: 0; transform: translateY(-8px); }`;

/** The queue as a dense table. */
export function QueueTable({ rows, arrivals, focusedId, onOpen }: QueueRowsProps) {
  const text = useText();
  const { filterValues } = useListContext();
  const columns = queueColumns(readQueueFilter(filterValues).status);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table
        size="small"
        aria-label={text('queue.table')}
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
            <Row
              key={row.id}
              row={row}
              columns={columns}
              isNew={arrivals.has(row.id)}
              isFocused={row.id === focusedId}
              onOpen={onOpen}
            />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

const edges = { '&:first-of-type': { pl: 4 }, '&:last-of-type': { pr: 4 } } as const;

function HeadCell({ column }: { readonly column: QueueColumn }) {
  const text = useText();
  const { sort, setSort } = useListContext();
  const isSorted = column.sortBy !== undefined && sort.field === column.sortBy;
  const ascending = sort.order === 'ASC';
  return (
    <TableCell
      sx={{ width: column.width, ...edges }}
      {...(isSorted && { 'aria-sort': ascending ? 'ascending' : 'descending' })}
    >
      {column.sortBy ? (
        <TableSortLabel
          active={isSorted}
          direction={isSorted && ascending ? 'asc' : 'desc'}
          IconComponent={SortArrow}
          onClick={() =>
            setSort({
              field: column.sortBy!,
              order: isSorted && !ascending ? 'ASC' : isSorted ? 'DESC' : firstOrder(column),
            })
          }
        >
          {text(column.label)}
        </TableSortLabel>
      ) : (
        text(column.label)
      )}
    </TableCell>
  );
}

/** Names start at A; times and tiers at the newest and highest. */
function firstOrder(column: QueueColumn): 'ASC' | 'DESC' {
  return column.key === 'vendor' || column.key === 'status' ? 'ASC' : 'DESC';
}

function SortArrow({ className }: { readonly className?: string }) {
  return (
    <Box component="span" className={className} sx={{ ml: '4px', '&&': { fontSize: 0 } }}>
      <Icon name="arrow-down" size={12} />
    </Box>
  );
}

interface RowProps {
  readonly row: UpgradeRequestRow;
  readonly columns: readonly QueueColumn[];
  readonly isNew: boolean;
  readonly isFocused: boolean;
  readonly onOpen: (id: string) => void;
}

function Row({ row, columns, isNew, isFocused, onOpen }: RowProps) {
  const navigate = useNavigate();
  return (
    <TableRow
      id={rowElementId(row.id)}
      hover
      selected={isFocused}
      onClick={(event) => {
        onOpen(row.id);
        if (!isOnLink(event.target)) navigate(requestPath(row.id));
      }}
      sx={{
        cursor: 'pointer',
        ...(isNew && { animation: `${slideIn} ${motion.slow}ms ${motion.easing}` }),
        '&.Mui-selected, &.Mui-selected:hover': {
          bgcolor: 'action.selected',
          boxShadow: (theme) => `inset 2px 0 0 ${theme.palette.primary.main}`,
        },
        scrollMarginBlock: '64px',
      }}
    >
      {columns.map((column, index) => (
        <TableCell
          key={column.key}
          sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', height: 44, ...edges }}
        >
          {index === 0 && isNew && <NewMark />}
          {column.render(row)}
        </TableCell>
      ))}
    </TableRow>
  );
}
