import { Button } from '../components/Button.tsx';
import { Logo } from '../components/Logo.tsx';
import styles from './FullPageMessage.module.css';

/** Props of a message that has the page to itself. */
export interface FullPageMessageProps {
  title: string;
  body: string;
  action: string;
  onAction: () => void;
}

/** A page that has only one thing to say, and one way on. */
export function FullPageMessage({ title, body, action, onAction }: FullPageMessageProps) {
  return (
    <main className={styles.page}>
      <Logo size={48} />
      <h1>{title}</h1>
      <p>{body}</p>
      <Button kind="primary" onClick={onAction}>
        {action}
      </Button>
    </main>
  );
}
