import type { z } from 'zod';

/** One key that a shape knows: `sources[].tables[].select_permissions[].role`. */
export interface KnownKey {
  readonly path: string;
  readonly name: string;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly valueType?: z.core.$ZodType;
}

/** Every key that a shape names, with its path from the root; keys that the author chooses show as `*`. */
export function* knownKeys(schema: z.core.$ZodType, at = ''): Generator<KnownKey> {
  const definition = schema._zod.def as unknown as Definition;
  switch (definition.type) {
    case 'object':
      for (const [name, part] of Object.entries(definition.shape ?? {})) {
        const path = at === '' ? name : `${at}.${name}`;
        yield { path, name };
        yield* knownKeys(part, path);
      }
      break;
    case 'array':
      if (definition.element) yield* knownKeys(definition.element, `${at}[]`);
      break;
    case 'record':
      if (definition.valueType) yield* knownKeys(definition.valueType, `${at}.*`);
      break;
    case 'union':
      for (const option of definition.options ?? []) yield* knownKeys(option, at);
      break;
    default: {
      // Optional, nullable and transformed values are what they wrap.
      const inner = definition.innerType ?? definition.in;
      if (inner) yield* knownKeys(inner, at);
    }
  }
}

/** The key that was meant, where an unknown one is a slip of one of these; null where it is a word of its own. */
export function findMeant(unknown: string, known: ReadonlySet<string>): string | null {
  if (known.has(unknown)) return null;
  for (const candidate of known) {
    const allowed = Math.min(candidate.length, unknown.length) < 8 ? 1 : 2;
    if (Math.abs(candidate.length - unknown.length) > allowed || candidate.length < 4) continue;
    if (editDistance(unknown, candidate) <= allowed) return candidate;
  }
  return null;
}

/** Letters to add, remove, replace or swap with their neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let least = Math.min(
        (rows[row - 1]?.[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (rows[row - 1]?.[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        least = Math.min(least, (rows[row - 2]?.[column - 2] ?? 0) + 1);
      }
      current.push(least);
    }
    rows.push(current);
  }
  return rows[left.length]?.[right.length] ?? 0;
}
