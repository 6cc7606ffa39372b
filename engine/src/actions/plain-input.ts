import type { Arguments } from '../plan/context.ts';
import type { InputValue } from '../request/input-value.ts';

/** An action's arguments as the JSON that its handler is sent; absent ones stay away. */
export function toPlainInput(args: Arguments): Record<string, unknown> {
  return Object.fromEntries([...args].map(([name, value]) => [name, toPlain(value)]));
}

function toPlain(input: InputValue): unknown {
  switch (input.kind) {
    case 'null':
      return null;
    case 'scalar':
      return input.isList && !Array.isArray(input.value) ? [input.value] : input.value;
    case 'enum':
      return input.value;
    case 'list':
      return input.items.map(toPlain);
    case 'object':
      return Object.fromEntries([...input.fields].map(([name, { value }]) => [name, toPlain(value)]));
  }
}
