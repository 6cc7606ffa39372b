import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { type FormEvent, useEffect, useRef } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { countCharacters, NOTES_MAX } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import type { MaybeFullRequest } from './types.ts';
import { useTiers } from './useTiers.ts';

interface ApproveFormProps {
  readonly request: MaybeFullRequest;
  readonly notes: string;
  readonly onNotes: (notes: string) => void;
  readonly isBusy: boolean;
  readonly isBlocked: boolean;
  readonly onApprove: () => void;
  readonly onKeep: () => void;
}

/** The last word before an approval: what it does. The button has the focus, so that Enter confirms. */
export function ApproveForm({
  request,
  notes,
  onNotes,
  isBusy,
  isBlocked,
  onApprove,
  onKeep,
}: ApproveFormProps) {
  const text = useText();
  const { name } = useTiers();
  const confirm = useRef<HTMLButtonElement>(null);
  const cannot = isBlocked || countCharacters(notes) > NOTES_MAX;
  useEffect(() => confirm.current?.focus(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isBusy && !cannot) onApprove();
  }
  return (
    <Box
      component="form"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isBusy) return;
        event.preventDefault();
        onKeep();
      }}
      aria-label={text('decision.approveHeading')}
      sx={{ display: 'grid', gap: 4 }}
    >
      {!isBlocked && (
        <Box sx={{ overflowWrap: 'anywhere' }}>
          {text('decision.approveBody', { vendor: request.vendor.name, tier: name(request.target_tier) })}
        </Box>
      )}
      <NotesField value={notes} onChange={onNotes} />
      <Box sx={{ display: 'grid', gap: 2 }}>
        <Button
          ref={confirm}
          type="submit"
          variant="contained"
          color="success"
          size="large"
          disabled={isBusy || cannot}
          startIcon={<Icon name="tick" />}
        >
          {isBusy ? text('decision.approving') : text('decision.confirmApprove')}
        </Button>
        <Button variant="text" disabled={isBusy} onClick={onKeep}>
          {text('decision.keep')}
        </Button>
      </Box>
    </Box>
  );
}
