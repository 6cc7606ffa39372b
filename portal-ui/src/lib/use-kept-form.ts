import { useCallback, useState } from 'react';
import { storedValue } from './stored-value.ts';

type Typed<Field extends string> = Partial<Record<Field, string>>;

function readTyped<Field extends string>(key: string, fields: readonly Field[]): Typed<Field> {
  try {
    const stored: unknown = JSON.parse(storedValue.read(key) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const entries = Object.entries(stored).filter(
      ([field, text]) => fields.some((known) => known === field) && typeof text === 'string',
    );
    return Object.fromEntries(entries) as Typed<Field>;
  } catch {
    return {};
  }
}

/**
 * The fields of a form, whose unsaved text is kept on the device until it is saved or thrown away: a session that ends
 * or a tab that is closed in the middle costs nothing. Fields nobody touched follow `start`, also when that changes.
 */
export function useKeptForm<Field extends string>(key: string, start: Readonly<Record<Field, string>>) {
  const [typed, setTyped] = useState<Typed<Field>>(() => readTyped(key, Object.keys(start) as Field[]));
  const [wasKept] = useState(() => Object.keys(typed).length > 0);
  const fields = Object.keys(start) as Field[];
  const isChanged = fields.some((field) => (typed[field] ?? start[field]) !== start[field]);

  const set = useCallback(
    (field: Field, text: string) => {
      const next = { ...typed, [field]: text };
      storedValue.write(key, JSON.stringify(next));
      setTyped(next);
    },
    [key, typed],
  );
  const discard = useCallback(() => {
    storedValue.remove(key);
    setTyped({});
  }, [key]);

  return { values: { ...start, ...typed } as Record<Field, string>, set, discard, isChanged, wasKept };
}
