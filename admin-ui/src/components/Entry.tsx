import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** A list of facts. */
export function Entries({ children }: { readonly children: ReactNode }) {
  return (
    <Box component="dl" sx={{ display: 'grid', gap: 2, m: 0, '& dd': { m: 0, overflowWrap: 'anywhere' } }}>
      {children}
    </Box>
  );
}

/** One of them: what it is called, and what it is. */
export function Entry({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
        {label}
      </Box>
      <dd>{children}</dd>
    </div>
  );
}
