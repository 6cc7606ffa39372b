import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionStore, useSessionUser } from '../../session/SessionProvider.tsx';
import { newPasswordProblem } from './new-password.ts';
import styles from './SessionForm.module.css';

interface Problems {
  readonly current?: string;
  readonly next?: string;
  readonly form?: string;
}

/** Sets another password; this browser stays signed in, every other device does not. */
export function ChangePasswordForm() {
  const messages = useMessages();
  const { password } = messages;
  const store = useSessionStore();
  const user = useSessionUser();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const currentInput = useRef<HTMLInputElement>(null);
  const nextInput = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const nextProblem = newPasswordProblem(next, messages);
    const found: Problems = {
      ...(current === '' ? { current: password.missingCurrent } : {}),
      ...(nextProblem ? { next: nextProblem } : {}),
    };
    setProblems(found);
    if (found.current) return currentInput.current?.focus();
    if (found.next) return nextInput.current?.focus();
    setBusy(true);
    try {
      await store.changePassword(current, next);
      setCurrent('');
      setNext('');
      toast({ tone: 'success', text: password.changed });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code === 'UNAUTHORIZED') {
        setProblems({ current: password.wrongCurrent });
        currentInput.current?.select();
      } else if (problem.code === 'NETWORK') setProblems({ form: password.changeUnknown });
      else setProblems({ form: problemText(problem, messages) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {/* Lets a password manager know whose password it is about to keep. */}
      <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField
        ref={currentInput}
        label={password.current}
        name="current-password"
        autoComplete="current-password"
        value={current}
        problem={problems.current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordField
        ref={nextInput}
        label={password.newPassword}
        name="new-password"
        autoComplete="new-password"
        hint={password.rule}
        value={next}
        problem={problems.next}
        onChange={(event) => setNext(event.target.value)}
      />
      {problems.form && (
        <Notice tone="danger" role="alert">
          {problems.form}
        </Notice>
      )}
      <div className={styles.end}>
        <Button type="submit" busy={busy}>
          {busy ? password.changing : password.change}
        </Button>
      </div>
    </form>
  );
}
