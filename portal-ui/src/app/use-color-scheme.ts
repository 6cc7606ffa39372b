import { useCallback, useState } from 'react';
import { storedValue } from '../lib/stored-value.ts';

/** A person's choice of colours; `system` leaves it to the system. */
export type SchemeChoice = 'system' | 'light' | 'dark';

export const schemeChoices: readonly SchemeChoice[] = ['system', 'light', 'dark'];

const key = 'tierline:portal:scheme';

function readChoice(): SchemeChoice {
  const stored = storedValue.read(key);
  return schemeChoices.find((choice) => choice === stored) ?? 'system';
}

/** Puts the stored choice on the root element, where the style sheet looks for it. */
export function applyColorScheme(choice: SchemeChoice = readChoice()): void {
  if (choice === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = choice;
}

/** The choice of colours and how to change it. */
export function useColorScheme(): [SchemeChoice, (choice: SchemeChoice) => void] {
  const [choice, setChoice] = useState(readChoice);
  const choose = useCallback((next: SchemeChoice) => {
    storedValue.write(key, next);
    applyColorScheme(next);
    setChoice(next);
  }, []);
  return [choice, choose];
}
