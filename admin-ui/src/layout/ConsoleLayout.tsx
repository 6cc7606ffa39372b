import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Notice } from '../components/Notice.tsx';
import { useOnline } from '../components/useOnline.ts';
import { useText } from '../i18n/use-text.ts';
import { TopBar } from './TopBar.tsx';
import { useScrollReset } from './useScrollReset.ts';

const MAIN = 'main-content';

/** The frame of every page: skip link, top bar, offline banner, content. */
export function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const online = useOnline();
  useScrollReset();
  return (
    <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column' }}>
      <Box
        component="a"
        href={`#${MAIN}`}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById(MAIN)?.focus();
        }}
        sx={{
          position: 'absolute',
          left: 8,
          top: -60,
          zIndex: 20,
          px: 3,
          py: 2,
          borderRadius: 1,
          bgcolor: 'background.paper',
          color: 'text.primary',
          '&:focus-visible': { top: 8 },
        }}
      >
        {text('nav.skip')}
      </Box>
      <TopBar />
      {!online && (
        <Notice kind="warning" role="status" square>
          {text('offline.banner')}
        </Notice>
      )}
      <Box
        component="main"
        id={MAIN}
        tabIndex={-1}
        sx={{
          flex: 1,
          width: '100%',
          maxWidth: 1280,
          mx: 'auto',
          px: { xs: 4, sm: 6 },
          pt: { xs: 5, sm: 7 },
          pb: 12,
          outline: 'none',
        }}
      >
        {children}
      </Box>
    </Box>
  );
}
