import type { Scheme } from '@tierline/design';
import { useSyncExternalStore } from 'react';
import { browserStorage } from '../preferences/browser-storage.ts';

/** What the person chose: a scheme of their own, or whatever their system says. */
export type SchemeChoice = Scheme | 'system';

const KEY = 'tierline-scheme';
const listeners = new Set<() => void>();
const systemDark = window.matchMedia?.('(prefers-color-scheme: dark)');
const printing = window.matchMedia?.('print');

function readChoice(): SchemeChoice {
  const stored = browserStorage.read(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function toScheme(choice: SchemeChoice): Scheme {
  if (printing?.matches) return 'light';
  if (choice !== 'system') return choice;
  return systemDark?.matches ? 'dark' : 'light';
}

/** Puts the choice on the root element, where the shared style sheet looks for it. */
export function applyScheme(): void {
  const choice = readChoice();
  if (choice === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = choice;
}

/** Remembers a choice and shows it at once. */
export function chooseScheme(choice: SchemeChoice): void {
  if (choice === 'system') browserStorage.remove(KEY);
  else browserStorage.write(KEY, choice);
  applyScheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== KEY) return;
    applyScheme();
    listener();
  };
  listeners.add(listener);
  systemDark?.addEventListener('change', listener);
  printing?.addEventListener('change', listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    systemDark?.removeEventListener('change', listener);
    printing?.removeEventListener('change', listener);
    window.removeEventListener('storage', onStorage);
  };
}

/** The scheme to draw in, followed as person or system change it. Paper is always light. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, () => toScheme(readChoice()));
}

/** The choice itself, for the menu that offers it. */
export function useSchemeChoice(): SchemeChoice {
  return useSyncExternalStore(subscribe, readChoice);
}
