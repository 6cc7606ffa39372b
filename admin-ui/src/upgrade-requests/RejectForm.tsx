import Box from '@mui/material/Box';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { DecisionButtons, type DecisionFormState } from './DecisionButtons.tsx';
import { checkReason, countCharacters, NOTES_MAX } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import { ReasonField } from './ReasonField.tsx';
import { sendsForm } from './sends-form.ts';

interface RejectFormProps extends DecisionFormState {
  readonly onReject: () => void;
}

/** Rejecting one request: a reason for the vendor, a note for colleagues. */
export function RejectForm({ onReject, ...form }: RejectFormProps) {
  const text = useText();
  const { draft, isBusy, isHeld } = form;
  const [wasTried, setWasTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = checkReason(draft.reason);
  const opensHeld = useRef(isHeld);
  useEffect(() => {
    if (!opensHeld.current) field.current?.focus();
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isHeld) return;
    setWasTried(true);
    if (problem) field.current?.focus();
    else if (!isBusy && countCharacters(draft.notes) <= NOTES_MAX) onReject();
  }
  return (
    <Box
      component="form"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !isBusy && !isHeld) form.onKeep();
        if (sendsForm(event)) event.currentTarget.requestSubmit();
      }}
      aria-label={text('decision.rejectHeading')}
      sx={{ display: 'grid', gap: 4 }}
    >
      <ReasonField
        value={draft.reason}
        onChange={(next) => {
          draft.setReason(next);
          field.current?.focus();
        }}
        isLocked={isBusy || isHeld}
        hasPresets={!isHeld}
        // Too short is said only once they think they are done; too long at once.
        problem={!isHeld && (problem === 'too-long' || wasTried) ? problem : undefined}
        fieldRef={field}
      />
      {(!isHeld || draft.notes !== '') && (
        <NotesField value={draft.notes} onChange={draft.setNotes} isLocked={isBusy || isHeld} />
      )}
      <DecisionButtons
        {...form}
        color="error"
        label={text('decision.confirmReject')}
        busyLabel={text('decision.rejecting')}
      />
    </Box>
  );
}
