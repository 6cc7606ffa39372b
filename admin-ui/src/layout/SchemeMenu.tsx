import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import type { IconName } from '@tierline/design';
import { useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { chooseScheme, type SchemeChoice, useScheme, useSchemeChoice } from '../scheme/scheme.ts';

const choices: readonly { readonly choice: SchemeChoice; readonly icon: IconName }[] = [
  { choice: 'light', icon: 'sun' },
  { choice: 'dark', icon: 'moon' },
  { choice: 'system', icon: 'system' },
];

/** Light, dark, or as the system has it. */
export function SchemeMenu() {
  const text = useText();
  const scheme = useScheme();
  const current = useSchemeChoice();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Tooltip title={text('scheme.label')}>
        <IconButton
          aria-label={text('scheme.label')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Icon name={scheme === 'dark' ? 'moon' : 'sun'} size={18} />
        </IconButton>
      </Tooltip>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {choices.map(({ choice, icon }) => (
          <MenuItem
            key={choice}
            selected={choice === current}
            onClick={() => {
              chooseScheme(choice);
              setAnchor(null);
            }}
          >
            <Icon name={icon} />
            {text(`scheme.${choice}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
