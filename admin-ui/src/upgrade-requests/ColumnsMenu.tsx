import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { optionalColumns } from './queue-columns.tsx';
import { useColumns } from './useColumns.ts';

/** Which columns to show. */
export function ColumnsMenu() {
  const text = useText();
  const { keys, exact, toggle, toggleExact, reset } = useColumns();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Tooltip title={text('queue.columnsMenu.open')}>
        <IconButton
          aria-label={text('queue.columnsMenu.open')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          <Icon name="columns" size={18} />
        </IconButton>
      </Tooltip>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {optionalColumns.map(({ key, label }) => (
          <CheckItem
            key={key}
            checked={keys.includes(key)}
            label={text(label)}
            onToggle={() => toggle(key)}
          />
        ))}
        <Divider sx={{ my: 1 }} />
        <CheckItem checked={exact} label={text('queue.columnsMenu.exact')} onToggle={toggleExact} />
        <MenuItem onClick={reset}>
          <Icon name="refresh" />
          {text('queue.columnsMenu.reset')}
        </MenuItem>
      </Menu>
    </>
  );
}

interface CheckItemProps {
  readonly checked: boolean;
  readonly label: string;
  readonly onToggle: () => void;
}

function CheckItem({ checked, label, onToggle, ...props }: CheckItemProps) {
  return (
    <MenuItem {...props} role="menuitemcheckbox" aria-checked={checked} onClick={onToggle}>
      <Box sx={{ width: 16, color: 'primary.main' }}>{checked && <Icon name="tick" />}</Box>
      {label}
    </MenuItem>
  );
}
