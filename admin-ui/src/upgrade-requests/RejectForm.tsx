import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { consoleTexts } from '../i18n/console.en.ts';
import { useText } from '../i18n/use-text.ts';
import { checkReason, countCharacters, REASON_MAX, REASON_MIN } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';

type Preset = keyof typeof consoleTexts.presets;

const presets = Object.keys(consoleTexts.presets) as Preset[];

interface RejectFormProps {
  readonly notes: string;
  readonly onNotes: (notes: string) => void;
  readonly isBusy: boolean;
  readonly onReject: (reason: string) => void;
  readonly onKeep: () => void;
}

/** The reason the vendor will read, with a start for the usual ones. */
export function RejectForm({ notes, onNotes, isBusy, onReject, onKeep }: RejectFormProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const ids = { field: useId(), hint: useId(), count: useId() };
  const length = countCharacters(reason);
  const problem = checkReason(reason);
  // Too short is said only once they think they are done; too long at once.
  const shown = problem === 'too-long' || wasTried ? problem : undefined;

  useEffect(() => field.current?.focus(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    setWasTried(true);
    if (problem) field.current?.focus();
    else if (!isBusy) onReject(reason);
  }

  return (
    <Box
      component="form"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isBusy) onKeep();
      }}
      aria-label={text('decision.rejectHeading')}
      sx={{ display: 'grid', gap: 4 }}
    >
      <Box>
        <Box
          component="label"
          htmlFor={ids.field}
          sx={{ display: 'block', mb: 1, fontSize: '0.8125rem', fontWeight: 500 }}
        >
          {text('decision.reasonLabel')}
        </Box>
        <OutlinedInput
          id={ids.field}
          inputRef={field}
          multiline
          minRows={4}
          maxRows={12}
          fullWidth
          value={reason}
          error={shown !== undefined}
          onChange={(event) => setReason(event.target.value)}
          inputProps={{ 'aria-describedby': `${ids.hint} ${ids.count}`, 'aria-invalid': shown !== undefined }}
        />
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 3, mt: 1, fontSize: '0.75rem' }}>
          <Box
            id={ids.hint}
            sx={{ color: shown ? 'error.main' : 'text.secondary' }}
            role={shown ? 'alert' : undefined}
          >
            {shown === 'too-short' && text('decision.reasonTooShort', { min: REASON_MIN })}
            {shown === 'too-long' && text('decision.reasonTooLong', { max: REASON_MAX })}
            {!shown && text('decision.reasonHint')}
          </Box>
          <Box
            id={ids.count}
            sx={{
              flex: 'none',
              color: length > REASON_MAX ? 'error.main' : 'text.secondary',
              fontVariantNumeric: 'tabular-nums',
            }}
          >
            {text('decision.count', { count: length, max: REASON_MAX })}
          </Box>
        </Box>
      </Box>
      <Box
        role="group"
        aria-label={text('decision.presets')}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: '6px' }}
      >
        {presets.map((preset) => (
          <Button
            key={preset}
            size="small"
            sx={{
              minHeight: 26,
              px: '10px',
              borderRadius: '13px',
              fontSize: '0.75rem',
              color: 'text.secondary',
            }}
            onClick={() => {
              setReason(text(`presets.${preset}.text`));
              field.current?.focus();
            }}
          >
            {text(`presets.${preset}.label`)}
          </Button>
        ))}
      </Box>
      <NotesField value={notes} onChange={onNotes} />
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Button type="submit" variant="contained" color="error" size="large" disabled={isBusy}>
          {isBusy ? text('decision.rejecting') : text('decision.confirmReject')}
        </Button>
        <Button variant="text" disabled={isBusy} onClick={onKeep}>
          {text('decision.keep')}
        </Button>
      </Box>
    </Box>
  );
}
