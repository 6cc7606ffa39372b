import { useSyncExternalStore } from 'react';
import { browserStorage } from '../preferences/browser-storage.ts';

/** The languages of the console, with their own names for themselves. */
export const localeNames = { en: 'English', fr: 'Français' } as const;

export type Locale = keyof typeof localeNames;

/** Every language, in the order in which menus offer them. */
export const locales = Object.keys(localeNames) as readonly Locale[];

const KEY = 'tierline-locale';
const listeners = new Set<() => void>();

function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && Object.hasOwn(localeNames, value);
}

/** The language to speak: what the person chose, else what their browser asks for, else English. */
export function currentLocale(): Locale {
  const chosen = browserStorage.read(KEY);
  if (isLocale(chosen)) return chosen;
  const wanted = navigator.language?.slice(0, 2);
  return isLocale(wanted) ? wanted : 'en';
}

/** Names the language on the root element, for screen readers and hyphenation. */
export function applyLocale(): void {
  document.documentElement.lang = currentLocale();
}

/** Remembers a language. The sign-in page speaks it at once, the console when it has fetched its texts. */
export function chooseLocale(locale: Locale): void {
  browserStorage.write(KEY, locale);
  applyLocale();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language, followed as the person changes it. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale);
}
