import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../components/Icon.tsx';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import type { Session } from '../session/session.ts';
import type { SignInResult } from '../session/types.ts';
import { Frame } from './Frame.tsx';
import { forgotPasswordPath } from './paths.ts';

type Failure = Extract<SignInResult, { ok: false }>;

interface SignInPageProps {
  readonly signIn: Session['signIn'];
  /** Set when a session ended by itself: whose it was. */
  readonly expiredEmail?: string;
}

/** The way in. It asks for no more than it needs and says plainly what went wrong. */
export function SignInPage({ signIn, expiredEmail }: SignInPageProps) {
  const texts = useSignInTexts();
  const [email, setEmail] = useState(expiredEmail ?? '');
  const [password, setPassword] = useState('');
  const [revealed, setRevealed] = useState(false);
  const [missing, setMissing] = useState<'email' | 'password'>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const ids = { email: useId(), password: useId(), missing: useId() };

  useEffect(() => {
    document.title = texts.title;
    (expiredEmail ? passwordInput : emailInput).current?.focus();
  }, [expiredEmail, texts]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const absent = email.trim() === '' ? 'email' : password === '' ? 'password' : undefined;
    setMissing(absent);
    if (absent) {
      (absent === 'email' ? emailInput : passwordInput).current?.focus();
      return;
    }
    setBusy(true);
    setFailure(undefined);
    const result = await signIn(email.trim(), password);
    setBusy(false);
    if (result.ok) return;
    setFailure(result);
    passwordInput.current?.focus();
    passwordInput.current?.select();
  }

  const hint = (field: 'email' | 'password', text: string) =>
    missing === field && (
      <p className="sign-in__hint" id={ids.missing}>
        {text}
      </p>
    );

  return (
    <Frame heading={texts.heading} lead={texts.lead}>
      {failure ? (
        <FailureNotice failure={failure} />
      ) : (
        expiredEmail && (
          <div className="sign-in__notice sign-in__notice--info" role="status">
            <Icon name="lock" />
            <p>{texts.expired}</p>
          </div>
        )
      )}
      <form onSubmit={submit} noValidate>
        <div className="sign-in__field">
          <label className="sign-in__label" htmlFor={ids.email}>
            {texts.email}
          </label>
          <input
            ref={emailInput}
            id={ids.email}
            className="sign-in__input"
            type="email"
            name="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            aria-invalid={missing === 'email'}
            aria-describedby={missing === 'email' ? ids.missing : undefined}
            onChange={(event) => setEmail(event.target.value)}
          />
          {hint('email', texts.missingEmail)}
        </div>
        <div className="sign-in__field">
          <label className="sign-in__label" htmlFor={ids.password}>
            {texts.password}
          </label>
          <div className="sign-in__control">
            <input
              ref={passwordInput}
              id={ids.password}
              className="sign-in__input sign-in__input--password"
              type={revealed ? 'text' : 'password'}
              name="password"
              autoComplete="current-password"
              value={password}
              aria-invalid={missing === 'password'}
              aria-describedby={missing === 'password' ? ids.missing : undefined}
              onChange={(event) => setPassword(event.target.value)}
            />
            <button
              type="button"
              className="sign-in__reveal"
              aria-label={revealed ? texts.hidePassword : texts.showPassword}
              onClick={() => setRevealed(!revealed)}
            >
              {revealed ? texts.hide : texts.show}
            </button>
          </div>
          {hint('password', texts.missingPassword)}
        </div>
        <button type="submit" className="sign-in__submit" aria-disabled={busy}>
          {busy ? texts.submitting : texts.submit}
        </button>
      </form>
      <a className="sign-in__link" href={forgotPasswordPath}>
        {texts.forgot.link}
      </a>
    </Frame>
  );
}

function FailureNotice({ failure }: { readonly failure: Failure }) {
  const texts = useSignInTexts();
  const text =
    failure.retryAfter === undefined
      ? texts.problems[failure.problem]
      : texts.retryAfter(Math.ceil(failure.retryAfter / 60));
  return (
    <div
      className={`sign-in__notice ${failure.problem === 'vendor' ? 'sign-in__notice--info' : ''}`}
      role="alert"
    >
      <Icon name={failure.problem === 'vendor' ? 'info' : 'alert'} />
      <div>
        <p>{failure.message ?? text}</p>
      </div>
    </div>
  );
}
