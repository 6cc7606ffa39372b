import { LogoMark } from '../components/LogoMark.tsx';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import './sign-in.css';

/** While the session is looked up or the console arrives. Fades in late, so that a quick start shows nothing. */
export function Splash() {
  const texts = useSignInTexts();
  return (
    <main className="splash" aria-busy="true" aria-label={texts.checking}>
      <div className="splash__mark">
        <LogoMark size={36} />
      </div>
    </main>
  );
}

interface SplashMessageProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** A whole-page message with one way on. */
export function SplashMessage({ title, hint, action, onAction }: SplashMessageProps) {
  return (
    <main className="splash" role="alert">
      <LogoMark size={36} />
      <h1>{title}</h1>
      <p className="splash__hint">{hint}</p>
      <button type="button" className="sign-in__submit" onClick={onAction}>
        {action}
      </button>
    </main>
  );
}
