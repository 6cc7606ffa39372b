import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { checkReason } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import { ReasonField } from './ReasonField.tsx';

interface RejectFormProps {
  readonly notes: string;
  readonly onNotes: (notes: string) => void;
  readonly isBusy: boolean;
  readonly onReject: (reason: string) => void;
  readonly onKeep: () => void;
}

/** Rejecting one request: a reason for the vendor, a note for colleagues. */
export function RejectForm({ notes, onNotes, isBusy, onReject, onKeep }: RejectFormProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = checkReason(reason);
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
      <ReasonField
        value={reason}
        onChange={(next) => {
          setReason(next);
          field.current?.focus();
        }}
        // Too short is said only once they think they are done; too long at once.
        problem={problem === 'too-long' || wasTried ? problem : undefined}
        fieldRef={field}
      />
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
