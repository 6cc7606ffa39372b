import type { ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import styles from './SessionForm.module.css';

/** Props of a form in front of the sign-in. */
export interface FrontDoorFormProps {
  /** What is wrong with the whole of it. */
  problem: string | undefined;
  busy: boolean;
  /** The button's words, at rest and while its work is under way. */
  action: string;
  busyAction: string;
  onSubmit: () => Promise<void> | void;
  children: ReactNode;
}

/** Fields, one button, and above them what went wrong. A second submit while the first is under way does nothing. */
export function FrontDoorForm({ problem, busy, action, busyAction, onSubmit, children }: FrontDoorFormProps) {
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void onSubmit();
      }}
    >
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      {children}
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? busyAction : action}
      </Button>
    </form>
  );
}
