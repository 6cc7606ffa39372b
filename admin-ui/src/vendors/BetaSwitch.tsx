import Box from '@mui/material/Box';
import Switch from '@mui/material/Switch';
import { useNotify } from 'ra-core';
import { useId } from 'react';
import { Notice } from '../components/Notice.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { SetVendorBetaDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleAction } from '../providers/useConsoleQuery.ts';
import type { VendorPageVendor } from './vendor-page.ts';

/** Whether the vendor has features that are open to beta vendors. It is easily undone, so it asks nothing first. */
export function BetaSwitch({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  const notify = useNotify();
  const ids = { label: useId(), hint: useId() };
  const setBeta = useConsoleAction(SetVendorBetaDocument, (_data, { isBeta }) =>
    notify(text(isBeta ? 'vendors.betaOn' : 'vendors.betaOff', { vendor: vendor.name }), { type: 'success' }),
  );
  return (
    <Box sx={{ mt: 4, pt: 3, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
        <Box sx={{ flex: 1 }}>
          <Box component="label" htmlFor={ids.label} sx={{ fontWeight: 500 }}>
            {text('vendors.betaLabel')}
          </Box>
          <Box id={ids.hint} sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
            {text('vendors.betaHint')}
          </Box>
        </Box>
        <Switch
          checked={setBeta.isPending ? setBeta.variables.isBeta : vendor.is_beta}
          disabled={setBeta.isPending}
          onChange={(_event, isBeta) => setBeta.mutate({ vendorId: vendor.id, isBeta })}
          slotProps={{ input: { id: ids.label, role: 'switch', 'aria-describedby': ids.hint } }}
        />
      </Box>
      {setBeta.error && (
        <Box sx={{ mt: 2 }}>
          <Notice kind="danger" role="alert">
            {toPlainError(setBeta.error, text).message}
          </Notice>
        </Box>
      )}
    </Box>
  );
}
