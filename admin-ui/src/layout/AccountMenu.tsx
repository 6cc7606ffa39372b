import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useGetIdentity, useNotify } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { chooseLocale, localeNames, locales, useLocale } from '../i18n/locale.ts';
import { useText } from '../i18n/use-text.ts';
import { session } from '../session/current-session.ts';
import { settingsPath } from '../settings/paths.ts';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const text = useText();
  const locale = useLocale();
  const notify = useNotify();
  const email = useGetIdentity().identity?.fullName ?? '';
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  async function signOut(everywhere: boolean) {
    setAnchor(null);
    const outcome = await session.signOut(everywhere);
    if (outcome === 'unreachable') notify(text('nav.signOutFailed'), { type: 'warning' });
  }

  return (
    <>
      <ButtonBase
        // What is shown is part of the name, so that saying it aloud opens the menu (WCAG 2.5.3).
        aria-label={`${text('nav.account')}: ${email}`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{
          gap: '6px',
          height: 32,
          px: 2,
          borderRadius: 1,
          color: 'text.secondary',
          fontSize: '0.8125rem',
          '&:hover': { bgcolor: 'action.hover', color: 'text.primary' },
        }}
      >
        <Icon name="user" size={18} />
        <Box
          component="span"
          sx={{
            display: { xs: 'none', lg: 'inline' },
            maxWidth: 220,
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {email}
        </Box>
        <Icon name="chevron-down" size={14} />
      </ButtonBase>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <Box
          component="li"
          role="presentation"
          sx={{ px: '10px', py: 2, fontSize: '0.8125rem', color: 'text.secondary' }}
        >
          {text('nav.signedInAs')}
          <Box sx={{ color: 'text.primary', fontWeight: 500, overflowWrap: 'anywhere' }}>{email}</Box>
        </Box>
        <Divider component="li" sx={{ my: 1 }} />
        <MenuItem component={Link} to={settingsPath} onClick={() => setAnchor(null)}>
          <Icon name="settings" />
          {text('settings.title')}
        </MenuItem>
        <Divider component="li" sx={{ my: 1 }} />
        {locales.map((name) => (
          <MenuItem
            key={name}
            lang={name}
            selected={name === locale}
            onClick={() => {
              setAnchor(null);
              chooseLocale(name);
            }}
          >
            <Icon name={name === locale ? 'tick' : 'language'} />
            {localeNames[name]}
          </MenuItem>
        ))}
        <Divider component="li" sx={{ my: 1 }} />
        <MenuItem onClick={() => void signOut(false)}>
          <Icon name="sign-out" />
          {text('nav.signOut')}
        </MenuItem>
        <MenuItem onClick={() => void signOut(true)}>
          <Icon name="lock" />
          {text('nav.signOutEverywhere')}
        </MenuItem>
      </Menu>
    </>
  );
}
