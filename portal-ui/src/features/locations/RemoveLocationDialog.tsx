import { useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogActions } from '../../components/DialogActions.tsx';
import { Notice } from '../../components/Notice.tsx';
import { isolated } from '../../lib/isolated.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './LocationDialog.module.css';
import { addressLine, type Location } from './location.ts';
import { useLocationChanges } from './useLocationChanges.ts';

/** Props of the question whether a location is really to go. */
export interface RemoveLocationDialogProps {
  location: Location;
  /** How many the tier covers, when there are more than that: the removed one could not come back. */
  coveredOnly: number | undefined;
  onClose: () => void;
  onRemoved: (name: string) => void;
}

/** Asks once more before a location goes. */
export function RemoveLocationDialog({
  location,
  coveredOnly,
  onClose,
  onRemoved,
}: RemoveLocationDialogProps) {
  const messages = useMessages();
  const { locations } = messages;
  const id = useId();
  const { remove } = useLocationChanges([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function confirm() {
    setBusy(true);
    setProblem(undefined);
    const outcome = await remove(location.id);
    setBusy(false);
    if (outcome?.done) onRemoved(location.name);
    else if (outcome && !outcome.gone) setProblem(problemText(outcome.problem, messages));
  }

  return (
    <Dialog
      role="alertdialog"
      size="small"
      title={locations.removeTitle(isolated(location.name))}
      describedBy={id}
      onClose={onClose}
    >
      <div className={styles.form}>
        <p>{addressLine(location)}</p>
        <p id={id}>{locations.removeBody}</p>
        {coveredOnly !== undefined && <Notice tone="warning">{locations.removeOver(coveredOnly)}</Notice>}
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={onClose} data-autofocus>
            {locations.removeKeep}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void confirm()}>
            {busy ? locations.removing : locations.removeConfirm}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
}
