import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { useVendorChoice, useVendorChoices } from './useVendorChoices.ts';

interface VendorPickerProps {
  readonly id: string;
  /** For screen readers, where no label stands beside the field. */
  readonly label?: string;
  readonly vendorId: string | undefined;
  readonly onPick: (vendorId: string | undefined) => void;
}

/** Finds a vendor by its name or e-mail address while one types. */
export function VendorPicker({ id, label, vendorId, onPick }: VendorPickerProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const chosen = useVendorChoice(vendorId);
  const [isOpen, setIsOpen] = useState(false);
  const { data: found = [], isFetching } = useVendorChoices(typed, isOpen);
  return (
    <Autocomplete
      id={id}
      options={[...found]}
      open={isOpen}
      onOpen={() => setIsOpen(true)}
      onClose={() => setIsOpen(false)}
      value={chosen ?? null}
      onChange={(_event, vendor) => onPick(vendor?.id)}
      onInputChange={(_event, value) => setTyped(value)}
      getOptionLabel={(vendor) => vendor.name}
      getOptionKey={(vendor) => vendor.id}
      isOptionEqualToValue={(option, value) => option.id === value.id}
      // The server has done the matching.
      filterOptions={(options) => options}
      loading={isFetching}
      loadingText={text('queue.filters.searching')}
      noOptionsText={text('queue.filters.noVendor')}
      clearText={text('queue.filters.anyVendor')}
      openText={text('queue.filters.vendor')}
      popupIcon={<Icon name="chevron-down" />}
      clearIcon={<Icon name="close" size={14} />}
      renderInput={({ InputProps, inputProps }) => (
        <OutlinedInput
          ref={InputProps.ref}
          fullWidth
          placeholder={text('queue.filters.anyVendor')}
          inputProps={{ ...inputProps, ...(label && { 'aria-label': label }) }}
          endAdornment={InputProps.endAdornment}
          sx={{
            '&&': { p: 0, pr: '60px' },
            '&& .MuiAutocomplete-input': { px: '10px', py: '4px' },
            '& .MuiAutocomplete-endAdornment': { right: 2 },
            '& .MuiAutocomplete-endAdornment button': { width: 28, height: 28 },
          }}
        />
      )}
      slotProps={{ paper: { variant: 'outlined', sx: { mt: 1, boxShadow: 4 } } }}
      renderOption={({ key, ...props }, vendor) => (
        <Box component="li" key={key} {...props}>
          <Box sx={{ minWidth: 0 }}>
            <Box sx={{ overflowWrap: 'anywhere' }}>{vendor.name}</Box>
            <Box sx={{ color: 'text.secondary', fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
              {vendor.email}
            </Box>
          </Box>
        </Box>
      )}
    />
  );
}
