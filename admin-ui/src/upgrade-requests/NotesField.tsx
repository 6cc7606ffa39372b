import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useId, useState } from 'react';
import { FieldLabel } from '../components/FieldLabel.tsx';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { countCharacters, NOTES_MAX } from './decision-rules.ts';

interface NotesFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shown, but not to be changed. */
  readonly isLocked?: boolean;
}

/** A remark for colleagues. Folded away until wanted, since most decisions need none. */
export function NotesField({ value, onChange, isLocked = false }: NotesFieldProps) {
  const text = useText();
  const [wasOpened, setWasOpened] = useState(false);
  const isOpen = wasOpened || value !== '';
  const ids = { field: useId(), hint: useId() };
  const isTooLong = countCharacters(value) > NOTES_MAX;
  if (!isOpen) {
    return (
      <Button
        variant="text"
        disabled={isLocked}
        onClick={() => setWasOpened(true)}
        startIcon={<Icon name="note" />}
        sx={{ justifySelf: 'start', ml: -3 }}
      >
        {text('decision.addNote')}
      </Button>
    );
  }
  return (
    <Box>
      <FieldLabel htmlFor={ids.field}>{text('decision.notesLabel')}</FieldLabel>
      <OutlinedInput
        id={ids.field}
        multiline
        minRows={2}
        maxRows={8}
        fullWidth
        autoFocus={wasOpened}
        readOnly={isLocked}
        value={value}
        error={isTooLong}
        onChange={(event) => onChange(event.target.value)}
        inputProps={{ 'aria-describedby': ids.hint, 'aria-disabled': isLocked }}
      />
      <Box
        id={ids.hint}
        sx={{ mt: 1, fontSize: '0.75rem', color: isTooLong ? 'error.main' : 'text.secondary' }}
      >
        {isTooLong ? text('decision.notesTooLong', { max: NOTES_MAX }) : text('decision.notesHint')}
      </Box>
    </Box>
  );
}
