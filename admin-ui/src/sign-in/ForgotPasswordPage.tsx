import { type FormEvent, useEffect, useId, useState } from 'react';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { type ResetOutcome, requestPasswordReset } from '../session/reset-api.ts';
import { Frame, Problem } from './Frame.tsx';
import { startPath } from './paths.ts';

/** Asks for a link by mail. What it says afterwards is the same for every address. */
export default function ForgotPasswordPage() {
  const texts = useSignInTexts();
  const [email, setEmail] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<ResetOutcome>();
  const ids = { email: useId(), hint: useId() };

  useEffect(() => {
    document.title = texts.forgot.title;
  }, [texts]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const absent = !email.includes('@');
    setIsMissing(absent);
    if (absent || isBusy) return;
    setIsBusy(true);
    setOutcome(await requestPasswordReset(email.trim()));
    setIsBusy(false);
  }

  const back = (
    <a className="sign-in__link" href={startPath}>
      {texts.forgot.back}
    </a>
  );
  if (outcome === 'done') {
    return (
      <Frame heading={texts.forgot.sentHeading} lead={texts.forgot.sent(email.trim())}>
        <p className="sign-in__lead" role="status">
          {texts.forgot.sentHint}
        </p>
        {back}
      </Frame>
    );
  }
  return (
    <Frame heading={texts.forgot.heading} lead={texts.forgot.lead}>
      {outcome && <Problem>{outcome === 'refused' ? texts.missingEmail : texts.problems[outcome]}</Problem>}
      <form onSubmit={submit} noValidate>
        <div className="sign-in__field">
          <label className="sign-in__label" htmlFor={ids.email}>
            {texts.email}
          </label>
          <input
            id={ids.email}
            className="sign-in__input"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            aria-invalid={isMissing}
            aria-describedby={isMissing ? ids.hint : undefined}
            onChange={(event) => setEmail(event.target.value)}
          />
          {isMissing && (
            <p className="sign-in__hint" id={ids.hint}>
              {texts.missingEmail}
            </p>
          )}
        </div>
        <button type="submit" className="sign-in__submit" aria-disabled={isBusy}>
          {isBusy ? texts.forgot.submitting : texts.forgot.submit}
        </button>
      </form>
      {back}
    </Frame>
  );
}
