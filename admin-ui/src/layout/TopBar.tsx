import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import { useMemo, useState } from 'react';
import { Link as RouterLink } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { LogoMark } from '../components/LogoMark.tsx';
import { useKeys } from '../components/useKeys.ts';
import { useText } from '../i18n/use-text.ts';
import { Bell } from '../notifications/Bell.tsx';
import { queuePath } from '../upgrade-requests/paths.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
import { MainNav } from './MainNav.tsx';
import { SchemeMenu } from './SchemeMenu.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

/** Product, sections, and on the right what concerns the person. */
export function TopBar() {
  const text = useText();
  const [helpOpen, setHelpOpen] = useState(false);
  useKeys(useMemo(() => ({ '?': () => setHelpOpen(true) }), []));
  return (
    <Box
      component="header"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 10,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        '@media print': { display: 'none' },
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: { xs: 3, sm: 6 },
          height: 52,
          maxWidth: 1280,
          mx: 'auto',
          px: { xs: 4, sm: 6 },
        }}
      >
        <Link
          component={RouterLink}
          to={queuePath}
          underline="none"
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 2,
            color: 'text.primary',
            fontWeight: 600,
            fontSize: '0.9375rem',
            letterSpacing: '-0.01em',
          }}
        >
          <LogoMark />
          {text('product')}
        </Link>
        <MainNav />
        <Box sx={{ flex: 1 }} />
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
          <LiveIndicator />
          <Tooltip title={text('nav.shortcuts')}>
            <IconButton
              aria-label={text('nav.shortcuts')}
              onClick={() => setHelpOpen(true)}
              sx={{ display: { xs: 'none', md: 'inline-flex' } }}
            >
              <Icon name="keyboard" size={18} />
            </IconButton>
          </Tooltip>
          <Bell />
          <SchemeMenu />
          <AccountMenu />
        </Box>
      </Box>
      <ShortcutsDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </Box>
  );
}
