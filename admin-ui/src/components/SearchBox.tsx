import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import OutlinedInput from '@mui/material/OutlinedInput';
import type { SxProps, Theme } from '@mui/material/styles';
import { useMemo, useRef } from 'react';
import { Icon } from './Icon.tsx';
import { useKeys } from './useKeys.ts';
import { useTypedText } from './useTypedText.ts';

interface SearchBoxProps {
  /** What is searched for now. */
  readonly applied: string;
  /** Called once typing pauses; an empty text searches for nothing. */
  readonly apply: (text: string) => void;
  /** Its name for those who do not see it. */
  readonly label: string;
  readonly placeholder: string;
  readonly clearLabel: string;
  /** Its place among its neighbours. */
  readonly sx: SxProps<Theme>;
}

/** Words to search for; `/` goes there, Escape empties it and then leaves it. */
export function SearchBox({ applied, apply, label, placeholder, clearLabel, sx }: SearchBoxProps) {
  const [typed, setTyped] = useTypedText(applied, apply);
  const input = useRef<HTMLInputElement>(null);
  useKeys(useMemo(() => ({ '/': () => input.current?.focus() }), []));

  return (
    <OutlinedInput
      inputRef={input}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (typed) setTyped('');
        else input.current?.blur();
      }}
      placeholder={placeholder}
      inputProps={{ 'aria-label': label, type: 'search', maxLength: 200 }}
      sx={[
        {
          pl: '10px',
          '& input': { pl: '7px' },
          '& input::-webkit-search-cancel-button': { display: 'none' },
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
      startAdornment={
        <Box component="span" sx={{ color: 'text.disabled', mr: '2px' }}>
          <Icon name="search" />
        </Box>
      }
      endAdornment={
        typed && (
          <InputAdornment position="end" sx={{ ml: 0, mr: '-10px' }}>
            <IconButton aria-label={clearLabel} onClick={() => setTyped('')}>
              <Icon name="close" size={14} />
            </IconButton>
          </InputAdornment>
        )
      }
    />
  );
}
