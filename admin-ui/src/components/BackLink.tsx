import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { Icon } from './Icon.tsx';

/** From a page back to its list. */
export function BackLink({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link
      component={RouterLink}
      to={to}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 1,
        mb: 2,
        ml: '-4px',
        color: 'text.secondary',
        fontSize: '0.8125rem',
        '@media print': { display: 'none' },
      }}
    >
      <Icon name="chevron-left" />
      {children}
    </Link>
  );
}
