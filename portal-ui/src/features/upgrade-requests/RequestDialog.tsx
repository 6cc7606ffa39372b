import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogActions } from '../../components/DialogActions.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './RequestDialog.module.css';
import { RequestForm, type RequestFormProps } from './RequestForm.tsx';
import { useEarlierRequest } from './useEarlierRequest.ts';

/** Props of the dialog in which a vendor asks for a higher tier. */
export interface RequestDialogProps extends Omit<RequestFormProps, 'nearest' | 'again' | 'isAgainGone'> {
  /** The id of an earlier request whose text the new one starts from, from wherever a link has it. */
  againId: string | null;
}

/** The form to ask for a higher tier, once what it starts from is there. */
export function RequestDialog({ againId, ...form }: RequestDialogProps) {
  const messages = useMessages();
  const { dialog, common } = messages;
  const { access, onClose } = form;
  const earlier = useEarlierRequest(againId);
  const [nearest] = access.higher;

  if (!nearest) {
    return (
      <Dialog title={dialog.title} onClose={onClose} size="small">
        <p className={styles.body}>{dialog.gone(access.name)}</p>
      </Dialog>
    );
  }
  if (earlier.state === 'failed') {
    return (
      <Dialog title={dialog.title} onClose={onClose} size="small">
        <div className={styles.body}>
          <p>{dialog.againFailed}</p>
          <Notice tone="danger" role="alert">
            {problemText(earlier.problem, messages)}
          </Notice>
          <DialogActions>
            <Button onClick={onClose}>{common.close}</Button>
            <Button kind="primary" onClick={earlier.retry} data-autofocus>
              {common.retry}
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={dialog.title} onClose={onClose}>
      {earlier.state === 'loading' ? (
        <div className={styles.body}>
          <output className="visually-hidden">{common.loading}</output>
          <Skeleton shape="card" />
          <Skeleton shape="row" />
        </div>
      ) : (
        <RequestForm
          {...form}
          nearest={nearest}
          again={earlier.state === 'there' ? earlier.request : undefined}
          isAgainGone={earlier.state === 'gone'}
        />
      )}
    </Dialog>
  );
}
