import type { SelectionSetNode } from 'graphql';
import { EngineError } from '../errors.ts';
import type { Operation } from './parse-document.ts';

/** Far above any honest operation; a wall against fragments that double what they spread, level after level. */
const maxFields = 10_000;

/**
 * Refuses an operation that is short as a text but endless once its fragments are spread. Each fragment is counted
 * once, so the check itself stays linear. Fragments must be known to lead to no cycle.
 */
export function checkSize(operation: Operation): void {
  const sizes = new Map<string, number>();
  const sizeOf = (selectionSet: SelectionSetNode | undefined): number => {
    let size = 0;
    for (const selection of selectionSet?.selections ?? []) {
      if (selection.kind === 'FragmentSpread') size += sizeOfFragment(selection.name.value);
      else size += (selection.kind === 'Field' ? 1 : 0) + sizeOf(selection.selectionSet);
    }
    return size;
  };
  const sizeOfFragment = (name: string): number => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const size = sizeOf(operation.fragments.get(name)?.selectionSet);
    sizes.set(name, size);
    return size;
  };
  if (sizeOf(operation.definition.selectionSet) > maxFields) {
    throw new EngineError('validation-failed', `the operation asks for more than ${maxFields} fields`, {
      path: '$',
    });
  }
}
