import { useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogActions } from '../../components/DialogActions.tsx';
import { Notice } from '../../components/Notice.tsx';
import type { ApiProblem } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './CancelRequestDialog.module.css';
import { useCancelRequest } from './useCancelRequest.ts';

/** Props of the question whether a request is really to be cancelled. */
export interface CancelRequestDialogProps {
  requestId: string;
  tierName: string;
  onClose: () => void;
  /** It is withdrawn, and the place the reader came from is gone with it. */
  onCancelled: () => void;
  /** What is shown may be old: somebody else has decided, or an answer was lost. */
  onStale: () => void;
}

/** Asks once more before a request is withdrawn. It goes away by itself when the request is no longer pending. */
export function CancelRequestDialog({
  requestId,
  tierName,
  onClose,
  onCancelled,
  onStale,
}: CancelRequestDialogProps) {
  const messages = useMessages();
  const { pending } = messages;
  const id = useId();
  const { cancel, busy } = useCancelRequest();
  const [problem, setProblem] = useState<ApiProblem>();

  async function confirm() {
    setProblem(undefined);
    const outcome = await cancel(requestId);
    if (!outcome) return;
    if (outcome.cancelled) return onCancelled();
    setProblem(outcome.problem);
    onStale();
  }

  return (
    <Dialog role="alertdialog" size="small" title={pending.cancelTitle} describedBy={id} onClose={onClose}>
      <div className={styles.body}>
        <p id={id}>{pending.cancelBody(tierName)}</p>
        {problem && (
          <Notice tone="danger" role="alert">
            {problemText(problem, messages)}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose} data-autofocus>
            {pending.cancelKeep}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void confirm()}>
            {busy ? pending.cancelling : pending.cancelConfirm}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
