import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import { keyframes } from '@mui/material/styles';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { motion } from '@tierline/design';
import { useListContext } from 'ra-core';
import { useNavigate } from 'react-router';
import { isOnLink } from '../components/is-on-link.ts';
import { useText } from '../i18n/use-text.ts';
import { edges, HeadCell } from '../list/HeadCell.tsx';
import { NewMark } from './NewMark.tsx';
import { requestPath } from './paths.ts';
import { pickColumns, type QueueColumn } from './queue-columns.tsx';
import type { UpgradeRequestRow } from './types.ts';
import { useColumns } from './useColumns.ts';
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
  const { selectedIds, onSelect, onToggleItem } = useListContext<UpgradeRequestRow>();
  const { keys, exact } = useColumns();
  const columns = pickColumns(keys);
  const selectable = rows.filter((row) => row.status === 'pending').map((row) => row.id);
  const chosen = selectable.filter((id) => selectedIds.includes(id));
  const all = selectable.length > 0 && chosen.length === selectable.length;
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table
        size="small"
        aria-label={text('queue.table')}
        sx={{ tableLayout: 'fixed', minWidth: columns.length * MIN_COLUMN }}
      >
        <TableHead>
          <TableRow>
            <TableCell padding="none" sx={{ width: 44, pl: 2 }}>
              {selectable.length > 0 ? (
                <Checkbox
                  size="small"
                  checked={all}
                  indeterminate={!all && chosen.length > 0}
                  onChange={() =>
                    onSelect(
                      all
                        ? selectedIds.filter((id) => !selectable.includes(String(id)))
                        : [...new Set([...selectedIds, ...selectable])],
                    )
                  }
                  slotProps={{ input: { 'aria-label': text('queue.selectPage') } }}
                />
              ) : (
                <span className="visually-hidden">{text('queue.selection')}</span>
              )}
            </TableCell>
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
              isSelected={selectedIds.includes(row.id)}
              exact={exact}
              onToggle={onToggleItem}
              onOpen={onOpen}
            />
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

interface RowProps {
  readonly row: UpgradeRequestRow;
  readonly columns: readonly QueueColumn[];
  readonly isNew: boolean;
  readonly isFocused: boolean;
  readonly isSelected: boolean;
  readonly exact: boolean;
  readonly onToggle: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** As high as its checkbox makes it, so that a decision, which takes that away, moves none of the rows below. */
const ROW_HEIGHT = 48;

function Row({ row, columns, isNew, isFocused, isSelected, exact, onToggle, onOpen }: RowProps) {
  const text = useText();
  const navigate = useNavigate();
  return (
    <TableRow
      id={rowElementId(row.id)}
      hover
      selected={isFocused}
      aria-selected={isSelected}
      onClick={(event) => {
        onOpen(row.id);
        if (!isOnLink(event.target)) navigate(requestPath(row.id));
      }}
      sx={{
        cursor: 'pointer',
        ...(isNew && { animation: `${slideIn} ${motion.slow}ms ${motion.easing}` }),
        ...(isSelected && { bgcolor: 'action.selected' }),
        '&.Mui-selected, &.Mui-selected:hover': {
          bgcolor: 'action.selected',
          boxShadow: (theme) => `inset 2px 0 0 ${theme.palette.primary.main}`,
        },
        scrollMarginBlock: '64px',
      }}
    >
      {/* The whole cell takes the click, so that a near miss does not open the request. */}
      <TableCell padding="none" sx={{ pl: 2 }} onClick={(event) => event.stopPropagation()}>
        {row.status === 'pending' && (
          <Checkbox
            size="small"
            checked={isSelected}
            onChange={() => onToggle(row.id)}
            slotProps={{ input: { 'aria-label': text('queue.selectRow', { vendor: row.vendor.name }) } }}
          />
        )}
      </TableCell>
      {columns.map((column, index) => (
        <TableCell
          key={column.key}
          sx={{
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
            height: ROW_HEIGHT,
            ...edges,
          }}
        >
          {index === 0 && isNew && <NewMark />}
          {column.render(row, exact)}
        </TableCell>
      ))}
    </TableRow>
  );
}
