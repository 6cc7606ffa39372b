import type { I18nProvider, TranslationMessages } from 'ra-core';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import raEnglish from 'ra-language-english';
import { consoleTexts } from './console.en.ts';
import { type Locale, localeNames, locales } from './locale.ts';

const english: TranslationMessages = { ...raEnglish, tierline: consoleTexts };

/** The texts of a language: ours under `tierline.`, beside those of react-admin's own components. */
async function fetchTexts(locale: Locale): Promise<TranslationMessages> {
  if (locale === 'en') return english;
  const [{ default: raFrench }, { consoleTextsInFrench }] = await Promise.all([
    import('ra-language-french'),
    import('./console.fr.ts'),
  ]);
  return { ...raFrench, tierline: consoleTextsInFrench };
}

/** A provider that speaks this language from the first moment, and fetches the others when they are asked for. */
export async function createI18nProvider(locale: Locale): Promise<I18nProvider> {
  const texts = await fetchTexts(locale);
  return polyglotI18nProvider(
    (wanted) => (wanted === locale ? texts : fetchTexts(wanted as Locale)),
    locale,
    locales.map((name) => ({ locale: name, name: localeNames[name] })),
    // A text that a language has is written out in it; a missing one is a mistake that the compiler finds.
    { allowMissing: false },
  );
}

/** English at once, for tests and whatever cannot wait. */
export const englishI18nProvider: I18nProvider = polyglotI18nProvider(() => english, 'en');
