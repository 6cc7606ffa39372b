import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useGetIdentity } from 'ra-core';
import { type FormEvent, useId, useRef, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { isUnknownOutcome } from '../errors/outcome.ts';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { useDraft } from '../preferences/useDraft.ts';
import { BulkItems } from './BulkItems.tsx';
import { checkReason, countCharacters, findObstacle, NOTES_MAX } from './decision-rules.ts';
import { NotesField } from './NotesField.tsx';
import type { DecisionIntent } from './paths.ts';
import { ReasonField } from './ReasonField.tsx';
import { sendsForm } from './sends-form.ts';
import type { UpgradeRequestRow } from './types.ts';
import { canStillSucceed, useBulkDecision } from './useBulkDecision.ts';

interface BulkDialogProps {
  readonly intent: DecisionIntent;
  /** As they were when the dialog opened. */
  readonly requests: readonly UpgradeRequestRow[];
  readonly onClose: () => void;
}

/** Approving or rejecting many: what it is about, then what became of each, and those again that can still succeed. */
export default function BulkDialog({ intent, requests, onClose }: BulkDialogProps) {
  const text = useText();
  const titleId = useId();
  const me = useGetIdentity().identity?.id;
  const { progress, decide } = useBulkDecision(intent);
  const { isRunning, results, error } = progress;
  const reason = useDraft(`bulk-${intent}-reason`);
  const notes = useDraft(`bulk-${intent}-notes`);
  const [wasTried, setWasTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = intent === 'reject' ? checkReason(reason.text) : undefined;
  const isStarted = isRunning || results.size > 0 || error !== undefined;
  const open = requests.filter(({ id }) => canStillSucceed(progress, id));
  const done = requests.filter(({ id }) => results.get(id)?.success).length;
  const obstacles = new Map(
    intent === 'approve'
      ? requests.map((request) => [
          request.id,
          findObstacle(request, me === undefined ? undefined : String(me)),
        ])
      : [],
  );

  function close() {
    if (isRunning) return;
    if (done === requests.length) {
      reason.clear();
      notes.clear();
    }
    onClose();
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setWasTried(true);
    if (problem) field.current?.focus();
    else if (!isRunning && open.length > 0 && countCharacters(notes.text) <= NOTES_MAX) {
      void decide(
        open.map(({ id }) => id),
        reason.text,
        notes.text,
      );
    }
  }
  const count = { smart_count: requests.length };
  const outcome = intent === 'approve' ? 'bulk.approvedTitle' : 'bulk.rejectedTitle';
  return (
    <Dialog
      open
      onClose={(_event, cause) => {
        // A click beside the dialog may be a slip; what is being written is worth more.
        if (cause === 'backdropClick' && !isStarted && (reason.text || notes.text)) return;
        close();
      }}
      aria-labelledby={titleId}
      fullWidth
      maxWidth="sm"
    >
      <Box
        component="form"
        noValidate
        onSubmit={submit}
        onKeyDown={(event) => {
          if (sendsForm(event)) event.currentTarget.requestSubmit();
        }}
        sx={{ display: 'grid', gap: 4, p: { xs: 4, sm: 6 } }}
      >
        <Typography id={titleId} variant="h2">
          {isStarted && !isRunning ? text(outcome, { ...count, done }) : text(`bulk.${intent}Title`, count)}
        </Typography>
        {!isStarted && (
          <>
            <Box sx={{ color: 'text.secondary' }}>{text(`bulk.${intent}Body`, count)}</Box>
            {intent === 'reject' && (
              <ReasonField
                value={reason.text}
                onChange={reason.set}
                problem={problem === 'too-long' || wasTried ? problem : undefined}
                fieldRef={field}
                opensFocused
              />
            )}
            <NotesField value={notes.text} onChange={notes.set} />
          </>
        )}
        {isRunning && <LinearProgress aria-label={text('bulk.running')} sx={{ borderRadius: 1 }} />}
        {!isRunning && results.size > 0 && <Summary done={done} failed={requests.length - done} />}
        {error !== undefined && !isRunning && (
          <Notice kind={isUnknownOutcome(error) ? 'warning' : 'danger'} role="alert">
            {isUnknownOutcome(error) ? text('bulk.waiting') : toPlainError(error, text).message}
          </Notice>
        )}
        <BulkItems requests={requests} progress={progress} obstacles={obstacles} />
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
