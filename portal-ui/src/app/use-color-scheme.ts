import { useSyncExternalStore } from 'react';
import { storedValue } from '../lib/stored-value.ts';

/** A person's choice of colours; `system` leaves it to the system. */
export type SchemeChoice = 'system' | 'light' | 'dark';

const schemeChoices: readonly SchemeChoice[] = ['system', 'light', 'dark'];
const key = 'tierline:portal:scheme';
const listeners = new Set<() => void>();

function readChoice(): SchemeChoice {
  const stored = storedValue.read(key);
  return schemeChoices.find((choice) => choice === stored) ?? 'system';
}

let choice = readChoice();

/** Puts the choice on the root element, where the style sheet looks for it. */
export function applyColorScheme(): void {
  if (choice === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = choice;
}

function choose(next: SchemeChoice): void {
  choice = next;
  storedValue.write(key, next);
  applyColorScheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choice of colours and how to change it; every control on the page shows the same. */
export function useColorScheme(): [SchemeChoice, (choice: SchemeChoice) => void] {
  return [useSyncExternalStore(subscribe, () => choice), choose];
}
