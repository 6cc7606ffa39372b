import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Tooltip from '@mui/material/Tooltip';
import { useMemo, useState } from 'react';
import { Link as RouterLink, useLocation } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { LogoMark } from '../components/LogoMark.tsx';
import { useKeys } from '../components/useKeys.ts';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { queuePath } from '../upgrade-requests/paths.ts';
import { useQueueOverview } from '../upgrade-requests/useQueueOverview.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
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
        <Box component="nav" aria-label={text('nav.label')} sx={{ display: 'flex', alignSelf: 'stretch' }}>
          <QueueLink />
        </Box>
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
          <SchemeMenu />
          <AccountMenu />
        </Box>
      </Box>
      <ShortcutsDialog open={helpOpen} onClose={() => setHelpOpen(false)} />
    </Box>
  );
}

function QueueLink() {
  const text = useText();
  const isHere = useLocation().pathname.startsWith(queuePath);
  const waiting = useQueueOverview().data?.waiting;
  return (
    <Link
      component={RouterLink}
      to={queuePath}
      underline="none"
      aria-current={isHere ? 'page' : undefined}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: 1,
        boxShadow: (theme) => (isHere ? `inset 0 -2px 0 ${theme.palette.primary.main}` : 'none'),
        color: isHere ? 'text.primary' : 'text.secondary',
        fontWeight: 500,
        '&:hover': { color: 'text.primary' },
      }}
    >
      {text('nav.queue')}{' '}
      {waiting !== undefined && waiting > 0 && (
        <Box
          component="span"
          sx={{
            minWidth: 20,
            px: '6px',
            borderRadius: '10px',
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
            fontSize: '0.75rem',
            lineHeight: '20px',
            textAlign: 'center',
            fontVariantNumeric: 'tabular-nums',
          }}
        >
          {formatNumber(waiting)}
        </Box>
      )}
    </Link>
  );
}
