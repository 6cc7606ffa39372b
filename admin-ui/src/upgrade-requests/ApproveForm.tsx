import Box from '@mui/material/Box';
import { type FormEvent, useEffect, useRef } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { DecisionButtons, type DecisionFormState } from './DecisionButtons.tsx';
import { countCharacters, NOTES_MAX } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import { sendsForm } from './sends-form.ts';
import type { MaybeFullRequest } from './types.ts';
import { useTiers } from './useTiers.ts';

interface ApproveFormProps extends DecisionFormState {
  readonly request: MaybeFullRequest;
  readonly isBlocked: boolean;
  readonly onApprove: () => void;
}

/**
 * The last word before an approval: what it does. That sentence has the focus, not the button, so that a key pressed in
 * passing approves nothing; Ctrl+Enter does, or the button.
 */
export function ApproveForm({ request, isBlocked, onApprove, ...form }: ApproveFormProps) {
  const text = useText();
  const { name } = useTiers();
  const { draft, isBusy, isHeld } = form;
  const body = useRef<HTMLDivElement>(null);
  const cannot = isBlocked || countCharacters(draft.notes) > NOTES_MAX;
  const opensHeld = useRef(isHeld);
  useEffect(() => {
    if (!opensHeld.current) body.current?.focus();
  }, []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && !cannot && !isHeld) onApprove();
  }
  return (
    <Box
      component="form"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (sendsForm(event)) event.currentTarget.requestSubmit();
        if (event.key !== 'Escape' || isBusy || isHeld) return;
        event.preventDefault();
        form.onKeep();
      }}
      aria-label={text('decision.approveHeading')}
      sx={{ display: 'grid', gap: 4 }}
    >
      {!isHeld && (
        <Box ref={body} tabIndex={-1} sx={{ overflowWrap: 'anywhere' }}>
          {!isBlocked &&
            text('decision.approveBody', { vendor: request.vendor.name, tier: name(request.target_tier) })}
        </Box>
      )}
      {(!isHeld || draft.notes !== '') && (
        <NotesField value={draft.notes} onChange={draft.setNotes} isLocked={isBusy || isHeld} />
      )}
      <DecisionButtons
        {...form}
        color="success"
        icon={<Icon name="tick" />}
        label={text('decision.confirmApprove')}
        busyLabel={text('decision.approving')}
        isBlocked={cannot}
      />
    </Box>
  );
}
