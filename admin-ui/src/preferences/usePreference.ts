import { useGetIdentity } from 'ra-core';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { browserStorage } from './browser-storage.ts';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function parse(stored: string | null): unknown {
  try {
    return stored === null ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}

/**
 * Something a person set up for themselves, kept in this browser under their id, so that colleagues at one desk do not
 * share it. `read` turns whatever is stored, which anyone may have edited, into a value; it must not change between
 * renders.
 */
export function usePreference<T>(
  name: string,
  read: (stored: unknown) => T,
): readonly [T, (value: T) => void] {
  const userId = useGetIdentity().identity?.id;
  const key = `tierline-${name}-${userId ?? ''}`;
  const stored = useSyncExternalStore(subscribe, () => browserStorage.read(key));
  const value = useMemo(() => read(parse(stored)), [read, stored]);
  const setValue = useCallback(
    (next: T) => {
      browserStorage.write(key, JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, setValue];
}
