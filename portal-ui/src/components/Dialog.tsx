import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { useMessages } from '../messages/messages.tsx';
import styles from './Dialog.module.css';
import { Icon } from './Icon.tsx';
import { noteOpenDialog } from './open-dialogs.ts';

/** Props of a dialog that is open for as long as it is drawn. */
export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** For questions that interrupt, such as "really?". */
  role?: 'alertdialog';
  /** The id of what is to be read out beside the title. */
  describedBy?: string;
  size?: 'small' | 'medium' | 'large';
}

/**
 * A native modal dialog: the browser keeps the focus inside, closes it with Escape and gives the focus back to where
 * it was. A click beside it does nothing, because a slip of the hand should not put away what somebody wrote.
 * `data-autofocus` on something inside says where to begin.
 */
export function Dialog({ title, onClose, children, role, describedBy, size = 'large' }: DialogProps) {
  const { common } = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);

  // Closed while it is still in the document: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => element.close();
  }, []);
  useEffect(noteOpenDialog, []);

  return (
    <dialog
      ref={dialog}
      role={role}
      className={`${styles.dialog} ${styles[size]}`}
      aria-labelledby={id}
      aria-describedby={describedBy}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" className={styles.close} aria-label={common.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
