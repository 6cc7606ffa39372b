import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { requestPath } from './paths.ts';
import type { UpgradeRequestRow } from './types.ts';

/** The vendor's name as the link that opens the request. */
export function VendorLink({ row }: { readonly row: UpgradeRequestRow }) {
  return (
    <Link component={RouterLink} to={requestPath(row.id)} sx={{ color: 'text.primary', fontWeight: 500 }}>
      {row.vendor.name}
    </Link>
  );
}
