import { type Locale, useLocale } from './locale.ts';
import { type SignInTexts, signInTexts } from './sign-in.en.ts';
import { signInTextsInFrench } from './sign-in.fr.ts';

const texts: Readonly<Record<Locale, SignInTexts>> = { en: signInTexts, fr: signInTextsInFrench };

/** The texts before the console, in the current language. All languages come with the first load: they are short. */
export function useSignInTexts(): SignInTexts {
  return texts[useLocale()];
}
