import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TextField } from '../../components/TextField.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { looksLikeEmail } from '../../lib/text-rules.ts';
import { useMessages } from '../../messages/messages.tsx';
import { requestPasswordReset } from '../../session/auth-api.ts';
import styles from './SignInForm.module.css';

/** Asks for a link by mail. What it says afterwards is the same for every address, known or not. */
export function ForgotPasswordForm() {
  const messages = useMessages();
  const { password, login } = messages;
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [fieldProblem, setFieldProblem] = useState<string>();
  const [formProblem, setFormProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sentTo !== undefined) outcome.current?.focus();
  }, [sentTo]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const address = email.trim();
    const found = address === '' ? login.missingEmail : looksLikeEmail(address) ? undefined : login.badEmail;
    setFieldProblem(found);
    setFormProblem(undefined);
    if (found) return input.current?.focus();
    setBusy(true);
    try {
      await requestPasswordReset(address);
      setSentTo(address);
    } catch (error) {
      setFormProblem(problemText(problemOf(error), messages));
    } finally {
      setBusy(false);
    }
  }

  if (sentTo !== undefined) {
    return (
      <div className={styles.form} ref={outcome} tabIndex={-1}>
        <Notice tone="success" icon="mail" role="status">
          <strong>{password.sentTitle}</strong>
          <p>{password.sentBody(sentTo)}</p>
        </Notice>
        <p className={styles.hint}>{password.sentHint}</p>
        <Button onClick={() => setSentTo(undefined)}>{password.another}</Button>
      </div>
    );
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {formProblem && (
        <Notice tone="danger" role="alert">
          {formProblem}
        </Notice>
      )}
      <TextField
        ref={input}
        label={login.email}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={email}
        problem={fieldProblem}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? password.sending : password.send}
      </Button>
    </form>
  );
}
