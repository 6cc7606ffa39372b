import { type FormEvent, useRef, useState } from 'react';
import { Link } from 'react-router';
import { prefetchSignedIn } from '../../app/load-signed-in.ts';
import { paths } from '../../app/paths.ts';
import { Button } from '../../components/Button.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { looksLikeEmail } from '../../lib/text-rules.ts';
import type { Messages } from '../../messages/en.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionStore } from '../../session/SessionProvider.tsx';
import styles from './SignInForm.module.css';

interface Problems {
  readonly email?: string;
  readonly password?: string;
  readonly form?: string;
}

/** E-mail and password. The rest of the app is fetched while the person types, so that it is there when they are in. */
export function SignInForm() {
  const messages = useMessages();
  const { login } = messages;
  const store = useSessionStore();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const found = check(email, password, messages);
    setProblems(found);
    if (found.email) return emailInput.current?.focus();
    if (found.password) return passwordInput.current?.focus();
    setBusy(true);
    try {
      await store.signIn(email.trim(), password);
    } catch (error) {
      setProblems({ form: signInProblem(error, messages) });
      passwordInput.current?.select();
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {problems.form && (
        <Notice tone="danger" role="alert">
          {problems.form}
        </Notice>
      )}
      <TextField
        ref={emailInput}
        label={login.email}
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={email}
        problem={problems.email}
        onChange={(event) => {
          prefetchSignedIn();
          setEmail(event.target.value);
        }}
      />
      <PasswordField
        ref={passwordInput}
        label={login.password}
        name="password"
        autoComplete="current-password"
        value={password}
        problem={problems.password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p className={styles.forgot}>
        <Link to={paths.forgotPassword}>{login.forgot}</Link>
      </p>
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? login.submitting : login.submit}
      </Button>
    </form>
  );
}

function check(email: string, password: string, { login }: Messages): Problems {
  const address = email.trim();
  return {
    ...(address === ''
      ? { email: login.missingEmail }
      : looksLikeEmail(address)
        ? {}
        : { email: login.badEmail }),
    ...(password === '' ? { password: login.missingPassword } : {}),
  };
}

function signInProblem(error: unknown, messages: Messages): string {
  const problem = problemOf(error);
  if (problem.code === 'UNAUTHORIZED') return messages.login.wrongCredentials;
  if (problem.code === 'FORBIDDEN') return messages.login.wrongApp;
  return problemText(problem, messages);
}
