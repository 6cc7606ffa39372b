import { chooseLocale, localeNames, locales, useLocale } from '../i18n/locale.ts';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';

/** The languages, at the foot of the pages that come before the console. */
export function LanguageSwitch() {
  const texts = useSignInTexts();
  const current = useLocale();
  return (
    <nav className="sign-in__languages" aria-label={texts.language}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => chooseLocale(locale)}
        >
          {localeNames[locale]}
        </button>
      ))}
    </nav>
  );
}
