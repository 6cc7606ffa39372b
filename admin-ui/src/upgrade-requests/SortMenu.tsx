import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useListContext } from 'ra-core';
import { useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { sortableColumns } from './queue-columns.tsx';

/** Sorting where there are cards and no column heads: pick a column, pick it again to turn the order round. */
export function SortMenu() {
  const text = useText();
  const { sort, setSort } = useListContext();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={text('queue.sort')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ display: { sm: 'none' } }}
      >
        <Icon name="sort" size={18} />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {sortableColumns.map((column) => {
          const isSorted = sort.field === column.sortBy;
          return (
            <MenuItem
              key={column.key}
              role="menuitemradio"
              aria-checked={isSorted}
              selected={isSorted}
              onClick={() => {
                const turned = sort.order === 'ASC' ? 'DESC' : 'ASC';
                setSort({
                  field: column.sortBy ?? '',
                  order: isSorted ? turned : column.ascendingFirst ? 'ASC' : 'DESC',
                });
                setAnchor(null);
              }}
            >
              <Box sx={{ width: 16 }}>
                {isSorted && <Icon name={sort.order === 'ASC' ? 'arrow-up' : 'arrow-down'} />}
              </Box>
              {text(column.label)}
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
