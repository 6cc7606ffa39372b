import { type FormEvent, useEffect, useId, useState } from 'react';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { checkNewPassword } from '../session/password-rules.ts';
import { type ResetOutcome, resetPassword } from '../session/reset-api.ts';
import { Frame, Problem } from './Frame.tsx';
import { forgotPasswordPath, startPath } from './paths.ts';

/** The token of a mail's link. It stands behind the `#`, where it reaches no server and no log. */
function readToken(): string {
  return new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
}

/** Sets a password with the link of a mail. Opening the page changes nothing; the link is used up when the form is sent. */
export default function ResetPasswordPage() {
  const texts = useSignInTexts();
  const [token] = useState(readToken);
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTold, setIsTold] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<ResetOutcome>();
  const problem = checkNewPassword(password, repeated);

  useEffect(() => {
    document.title = texts.reset.title;
  }, [texts]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsTold(true);
    if (problem || isBusy) return;
    setIsBusy(true);
    const became = await resetPassword(token, password);
    setOutcome(became);
    setIsBusy(false);
    // A link that has done its work has no place in the address or the history.
    if (became === 'done') window.history.replaceState(null, '', window.location.pathname);
  }

  if (token === '' || outcome === 'refused') {
    return (
      <Frame heading={texts.reset.brokenHeading} lead={texts.reset.broken}>
        <a className="sign-in__submit" href={forgotPasswordPath}>
          {texts.reset.again}
        </a>
      </Frame>
    );
  }
  if (outcome === 'done') {
    return (
      <Frame heading={texts.reset.doneHeading} lead={texts.reset.done}>
        <a className="sign-in__submit" href={startPath}>
          {texts.reset.toSignIn}
        </a>
      </Frame>
    );
  }
  const complaints = {
    'too-short': texts.reset.tooShort,
    'too-long': texts.reset.tooLong,
    different: texts.reset.different,
  };
  const complaint = isTold && problem ? complaints[problem] : undefined;
  return (
    <Frame heading={texts.reset.heading} lead={texts.reset.lead}>
      {outcome && <Problem>{texts.problems[outcome]}</Problem>}
      <form onSubmit={submit} noValidate>
        <PasswordField
          label={texts.reset.password}
          value={password}
          onChange={setPassword}
          hint={texts.reset.rule}
          {...(problem !== 'different' && complaint && { complaint })}
        />
        <PasswordField
          label={texts.reset.repeat}
          value={repeated}
          onChange={setRepeated}
          {...(problem === 'different' && complaint && { complaint })}
        />
        <button type="submit" className="sign-in__submit" aria-disabled={isBusy}>
          {isBusy ? texts.reset.submitting : texts.reset.submit}
        </button>
      </form>
    </Frame>
  );
}

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly complaint?: string;
  readonly onChange: (value: string) => void;
}

function PasswordField({ label, value, hint, complaint, onChange }: PasswordFieldProps) {
  const ids = { input: useId(), note: useId() };
  return (
    <div className="sign-in__field">
      <label className="sign-in__label" htmlFor={ids.input}>
        {label}
      </label>
      <input
        id={ids.input}
        className="sign-in__input"
        type="password"
        autoComplete="new-password"
        value={value}
        aria-invalid={complaint !== undefined}
        aria-describedby={(complaint ?? hint) ? ids.note : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {(complaint ?? hint) && (
        <p className={complaint ? 'sign-in__hint' : 'sign-in__note'} id={ids.note}>
          {complaint ?? hint}
        </p>
      )}
    </div>
  );
}
