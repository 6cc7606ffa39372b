import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { type ReactNode, useId } from 'react';
import { DayField } from '../components/DayField.tsx';
import { FieldLabel } from '../components/FieldLabel.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { useText } from '../i18n/use-text.ts';
import { useQueueFilter } from './useQueueFilter.ts';
import { useTiers } from './useTiers.ts';
import { VendorPicker } from './VendorPicker.tsx';

const ANY = 0;

/** Target tier, vendor and dates. Each takes effect at once. */
export default function FilterPanel({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const [filter, change] = useQueueFilter();
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <Labelled label={text('queue.targetTier')}>{(id) => <TierSelect id={id} />}</Labelled>
      <Labelled label={text('queue.filters.vendor')}>
        {(id) => (
          <VendorPicker
            id={id}
            vendorId={filter.vendor_id}
            onPick={(vendorId) => change({ vendor_id: vendorId })}
          />
        )}
      </Labelled>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 3 }}>
        <Labelled label={text('queue.filters.from')}>
          {(id) => (
            <DayField id={id} value={filter.from} max={filter.to} onChange={(from) => change({ from })} />
          )}
        </Labelled>
        <Labelled label={text('queue.filters.to')}>
          {(id) => <DayField id={id} value={filter.to} min={filter.from} onChange={(to) => change({ to })} />}
        </Labelled>
      </Box>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Button
          variant="text"
          sx={{ ml: -3 }}
          onClick={() =>
            change({ target_tier: undefined, vendor_id: undefined, from: undefined, to: undefined })
          }
        >
          {text('queue.clearFilters')}
        </Button>
        <Button onClick={onClose}>{text('queue.filters.done')}</Button>
      </Box>
    </Box>
  );
}

function Labelled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <Box sx={{ minWidth: 0 }}>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      {children(id)}
    </Box>
  );
}

function TierSelect({ id }: { readonly id: string }) {
  const text = useText();
  const [filter, change] = useQueueFilter();
  const { tiers } = useTiers();
  // A tier nobody can ask for (the lowest) is no use as a target.
  const targets = tiers.slice(1);
  const value = targets.some((tier) => tier.level === filter.target_tier) ? filter.target_tier : ANY;
  return (
    <Select
      fullWidth
      value={value ?? ANY}
      onChange={(event) => {
        const level = Number(event.target.value);
        change({ target_tier: level === ANY ? undefined : level });
      }}
      SelectDisplayProps={{ id, 'aria-label': text('queue.targetTier') }}
      IconComponent={SelectArrow}
    >
      <MenuItem value={ANY}>{text('queue.anyTier')}</MenuItem>
      {targets.map((tier) => (
        <MenuItem key={tier.level} value={tier.level}>
          {tier.name}
        </MenuItem>
      ))}
    </Select>
  );
}
