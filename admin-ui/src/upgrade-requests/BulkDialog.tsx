import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useGetIdentity } from 'ra-core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { BulkItems } from './BulkItems.tsx';
import { checkReason, countCharacters, findObstacle, NOTES_MAX } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import type { DecisionIntent } from './paths.ts';
import { ReasonField } from './ReasonField.tsx';
import type { UpgradeRequestRow } from './types.ts';
import { useBulkDecision } from './useBulkDecision.ts';

interface BulkDialogProps {
  readonly intent: DecisionIntent;
  /** As they were when the dialog opened. */
  readonly requests: readonly UpgradeRequestRow[];
  readonly onClose: () => void;
}

/** Approving or rejecting many: what it is about, then what became of each, and the failed ones again. */
export default function BulkDialog({ intent, requests, onClose }: BulkDialogProps) {
  const text = useText();
  const titleId = useId();
  const me = useGetIdentity().identity?.id;
  const { isRunning, results, error, decide } = useBulkDecision(intent);
  const [reason, setReason] = useState('');
  const [notes, setNotes] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = intent === 'reject' ? checkReason(reason) : undefined;
  const isStarted = isRunning || results.size > 0;
  const open = requests.filter(({ id }) => !results.get(id)?.success);
  const obstacles = new Map(
    intent === 'approve'
      ? requests.map((request) => [
          request.id,
          findObstacle(request, me === undefined ? undefined : String(me)),
        ])
      : [],
  );

  function close() {
    if (!isRunning) onClose();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setWasTried(true);
    if (problem) field.current?.focus();
    else if (!isRunning && countCharacters(notes) <= NOTES_MAX) {
      void decide(
        open.map(({ id }) => id),
        reason,
        notes,
      );
    }
  }
  const count = { smart_count: requests.length };
  return (
    <Dialog open onClose={close} aria-labelledby={titleId} fullWidth maxWidth="sm">
      <Box
        component="form"
        noValidate
        onSubmit={submit}
        sx={{ display: 'grid', gap: 4, p: { xs: 4, sm: 6 } }}
      >
        <Typography id={titleId} variant="h2">
          {text(`bulk.${intent}Title`, count)}
        </Typography>
        {!isStarted && (
          <>
            <Box sx={{ color: 'text.secondary' }}>{text(`bulk.${intent}Body`, count)}</Box>
            {intent === 'reject' && (
              <ReasonField
                value={reason}
                onChange={setReason}
                problem={problem === 'too-long' || wasTried ? problem : undefined}
                fieldRef={field}
              />
            )}
            <NotesField value={notes} onChange={setNotes} />
          </>
        )}
        {isRunning && <LinearProgress aria-label={text('bulk.running')} sx={{ borderRadius: 1 }} />}
        {!isRunning && results.size > 0 && (
          <Summary done={requests.length - open.length} failed={open.length} />
        )}
        {error !== undefined && (
          <Notice kind="danger" role="alert">
            {toPlainError(error, text).message}
          </Notice>
        )}
        <BulkItems requests={requests} results={results} obstacles={obstacles} isRunning={isRunning} />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 2 }}>
          <Button onClick={close} disabled={isRunning}>
            {text(isStarted && !isRunning ? 'bulk.close' : 'bulk.cancel')}
          </Button>
          {open.length > 0 && (
            <Button
              type="submit"
              variant="contained"
              color={intent === 'approve' ? 'success' : 'error'}
              disabled={isRunning}
              autoFocus={intent === 'approve'}
            >
              {isStarted && !isRunning
                ? text('bulk.retry', { smart_count: open.length })
                : text(`bulk.${intent}`, { smart_count: open.length })}
            </Button>
          )}
        </Box>
      </Box>
    </Dialog>
  );
}

function Summary({ done, failed }: { readonly done: number; readonly failed: number }) {
  const text = useText();
  return (
    <Notice kind={failed === 0 ? 'success' : 'warning'} role="status">
      {text('bulk.done', { smart_count: done })}
      {failed > 0 && ` ${text('bulk.failed', { smart_count: failed })}`}
    </Notice>
  );
}
