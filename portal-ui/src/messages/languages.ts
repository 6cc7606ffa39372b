import { storedValue } from '../lib/stored-value.ts';
import { en, type Messages } from './en.ts';

/** A language the portal speaks. */
export type Language = 'en' | 'fr';

/** Every language by the name it has in itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

export const languages = Object.keys(languageNames) as readonly Language[];

const key = 'tierline:portal:language';

function languageOf(tag: string | null | undefined): Language | undefined {
  return languages.find((language) => language === tag?.slice(0, 2).toLowerCase());
}

/** What was chosen on this device before, otherwise the first language of the browser that is ours, otherwise English. */
export function preferredLanguage(): Language {
  const wanted = [storedValue.read(key), ...navigator.languages];
  return wanted.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** Keeps a choice for the next visit. */
export function rememberLanguage(language: Language): void {
  storedValue.write(key, language);
}

/**
 * The texts of a language. English is always there; another one is fetched when it is wanted. Dates follow the reader's
 * own region where the browser names one ("en-GB").
 */
export async function loadMessages(language: Language): Promise<Messages> {
  const messages = language === 'fr' ? (await import('./fr.ts')).fr : en;
  const regional = navigator.languages.find((tag) => languageOf(tag) === language);
  return { ...messages, locale: regional ?? messages.locale };
}
