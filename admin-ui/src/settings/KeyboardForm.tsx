import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import OutlinedInput from '@mui/material/OutlinedInput';
import Switch from '@mui/material/Switch';
import { useId } from 'react';
import { type TextKey, useText } from '../i18n/use-text.ts';
import {
  type ChangeableKey,
  changeableKeys,
  isUsable,
  keyOf,
  rebind,
  useKeyBindings,
} from '../preferences/key-bindings.ts';

const meanings: Readonly<Record<ChangeableKey, TextKey>> = {
  j: 'shortcuts.down',
  k: 'shortcuts.up',
  x: 'shortcuts.select',
  a: 'shortcuts.approve',
  r: 'shortcuts.reject',
  n: 'shortcuts.next',
  '/': 'shortcuts.search',
  '?': 'shortcuts.help',
};

/** Single keys as shortcuts: off for those whose speech or hands press keys unasked, and changed for any keyboard. */
export function KeyboardForm() {
  const text = useText();
  const [bindings, setBindings] = useKeyBindings();
  const hint = useId();
  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      <FormControlLabel
        control={
          <Switch
            checked={bindings.on}
            onChange={(_event, on) => setBindings({ ...bindings, on })}
            slotProps={{ input: { role: 'switch', 'aria-describedby': hint } }}
          />
        }
        label={text('settings.letterKeys')}
      />
      <Box id={hint} sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
        {text('settings.letterKeysHint')}
      </Box>
      {bindings.on && (
        <>
          <Box
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
              columnGap: 6,
              rowGap: 2,
            }}
          >
            {changeableKeys.map((action) => (
              <KeyField
                key={action}
                label={text(meanings[action])}
                value={keyOf(bindings, action)}
                onChange={(key) => setBindings(rebind(bindings, action, key))}
              />
            ))}
          </Box>
          <Button
            sx={{ justifySelf: 'start' }}
            disabled={Object.keys(bindings.keys).length === 0}
            onClick={() => setBindings({ ...bindings, keys: {} })}
          >
            {text('settings.resetKeys')}
          </Button>
        </>
      )}
    </Box>
  );
}

interface KeyFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (key: string) => void;
}

/** A field that takes the next character as its whole value. */
function KeyField({ label, value, onChange }: KeyFieldProps) {
  const id = useId();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 3 }}>
      <Box component="label" htmlFor={id}>
        {label}
      </Box>
      <OutlinedInput
        id={id}
        value={value}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          const [typed] = [...event.target.value.replace(value, '')].slice(-1);
          if (typed !== undefined && isUsable(typed)) onChange(typed);
        }}
        sx={{ width: 56, '& input': { textAlign: 'center' } }}
      />
    </Box>
  );
}
