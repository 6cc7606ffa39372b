import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useNotify } from 'ra-core';
import { useId, useState } from 'react';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { Notice } from '../components/Notice.tsx';
import { UpdateVendorTierDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useDraft } from '../preferences/useDraft.ts';
import { useConsoleAction } from '../providers/useConsoleQuery.ts';
import { countCharacters, REASON_MAX } from '../upgrade-requests/decision-rules.ts';
import { TierBadge } from '../upgrade-requests/TierBadge.tsx';
import { useTiers } from '../upgrade-requests/useTiers.ts';
import { describeConsequences } from './tier-consequences.ts';
import type { VendorPageVendor } from './vendor-page.ts';

interface ChangeTierDialogProps {
  readonly vendor: VendorPageVendor;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Sets a vendor's tier without a request, after saying what that does to locations and to what is pending. */
export function ChangeTierDialog({ vendor, open, onClose }: ChangeTierDialogProps) {
  const text = useText();
  const notify = useNotify();
  const { tiers, name, find } = useTiers();
  const [level, setLevel] = useState<number>();
  const reason = useDraft(`tier-${vendor.id}`);
  const ids = { tiers: useId(), reason: useId(), hint: useId() };
  const update = useConsoleAction(UpdateVendorTierDocument, (_data, { tier }) => {
    reason.clear();
    close();
    notify(text('vendors.tierChanged', { vendor: vendor.name, tier: name(tier) }), { type: 'success' });
  });
  const target = level === vendor.tier ? undefined : level;
  const isTooLong = countCharacters(reason.text.trim()) > REASON_MAX;

  function close() {
    setLevel(undefined);
    update.reset();
    onClose();
  }

  return (
    <ConfirmDialog
      open={open}
      title={text('vendors.changeTierOf', { vendor: vendor.name })}
      confirm={text('vendors.setTier')}
      canConfirm={target !== undefined && !isTooLong}
      isBusy={update.isPending}
      error={update.error}
      onClose={close}
      onConfirm={() =>
        target !== undefined &&
        update.mutate({ vendorId: vendor.id, tier: target, reason: reason.text.trim() || null })
      }
    >
      <Box id={ids.tiers} className="visually-hidden">
        {text('vendors.newTier')}
      </Box>
      <RadioGroup
        aria-labelledby={ids.tiers}
        value={level ?? vendor.tier}
        onChange={(event) => setLevel(Number(event.target.value))}
      >
        {tiers.map((tier) => (
          <FormControlLabel
            key={tier.level}
            value={tier.level}
            control={<Radio size="small" />}
            label={
              <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 2 }}>
                <TierBadge level={tier.level} />
                <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
                  {tier.level === vendor.tier
                    ? text('vendors.presentTier')
                    : tier.maxLocations === null
                      ? text('vendors.anyLocations')
                      : text('vendors.upToLocations', { smart_count: tier.maxLocations })}
                </Box>
              </Box>
            }
          />
        ))}
      </RadioGroup>
      <Box>
        <Box component="label" htmlFor={ids.reason} sx={{ display: 'block', mb: 1, fontWeight: 500 }}>
          {text('vendors.reasonLabel')}
        </Box>
        <OutlinedInput
          id={ids.reason}
          multiline
          minRows={2}
          maxRows={6}
          fullWidth
          value={reason.text}
          error={isTooLong}
          onChange={(event) => reason.set(event.target.value)}
          inputProps={{ 'aria-describedby': ids.hint }}
        />
        <Box
          id={ids.hint}
          sx={{ mt: 1, fontSize: '0.75rem', color: isTooLong ? 'error.main' : 'text.secondary' }}
        >
          {isTooLong ? text('decision.reasonTooLong', { max: REASON_MAX }) : text('vendors.reasonHint')}
        </Box>
      </Box>
      {target !== undefined && (
        <Notice kind={target < vendor.tier ? 'warning' : 'info'} role="status">
          <Box component="ul" sx={{ m: 0, pl: 4 }}>
            {describeConsequences(vendor, target, find(target)?.maxLocations, name, text).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </Box>
        </Notice>
      )}
    </ConfirmDialog>
  );
}
