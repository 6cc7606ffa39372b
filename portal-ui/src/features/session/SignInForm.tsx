import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { prefetchSignedIn } from '../../app/load-signed-in.ts';
import { paths } from '../../app/paths.ts';
import { EmailField } from '../../components/EmailField.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import type { Messages } from '../../messages/en.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionStore } from '../../session/SessionProvider.tsx';
import { emailProblem } from './email-problem.ts';
import { FrontDoorForm } from './FrontDoorForm.tsx';
import styles from './SessionForm.module.css';

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

  async function submit() {
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
    <FrontDoorForm
      problem={problems.form}
      busy={busy}
      action={login.submit}
      busyAction={login.submitting}
      onSubmit={submit}
    >
      <EmailField
        ref={emailInput}
        label={login.email}
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
    </FrontDoorForm>
  );
}

function check(email: string, password: string, messages: Messages): Problems {
  const found = emailProblem(email, messages);
  return {
    ...(found ? { email: found } : {}),
    ...(password === '' ? { password: messages.login.missingPassword } : {}),
  };
}

function signInProblem(error: unknown, messages: Messages): string {
  const problem = problemOf(error);
  if (problem.code === 'UNAUTHORIZED') return messages.login.wrongCredentials;
  if (problem.code === 'FORBIDDEN') return messages.login.wrongApp;
  return problemText(problem, messages);
}
