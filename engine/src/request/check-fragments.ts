import type { SelectionSetNode } from 'graphql';
import { EngineError } from '../errors.ts';
import type { Operation } from './parse-document.ts';

/**
 * Refuses fragments that lead back to themselves, however many fields lie between. Done before anything
 * else walks the operation, because everything else would not end. Each fragment is entered once, so the
 * check stays linear for texts made to be slow. The path names fragments among fields, as the reference does.
 */
export function checkFragments(operation: Operation): void {
  const done = new Set<string>();
  const walk = (selectionSet: SelectionSetNode, path: string, spreading: readonly string[]): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'Field') {
        if (selection.selectionSet)
          walk(selection.selectionSet, `${path}.${selection.name.value}.selectionSet`, spreading);
      } else if (selection.kind === 'InlineFragment') walk(selection.selectionSet, path, spreading);
      else {
        const name = selection.name.value;
        if (spreading.includes(name)) throw cycleError(spreading.slice(spreading.indexOf(name)), path);
        const fragment = operation.fragments.get(name);
        if (!fragment || done.has(name)) continue;
        walk(fragment.selectionSet, `${path}.${name}.selectionSet`, [...spreading, name]);
        done.add(name);
      }
    }
  };
  walk(operation.definition.selectionSet, '$.selectionSet', []);
}

function cycleError(names: readonly string[], path: string): EngineError {
  return new EngineError(
    'validation-failed',
    `the fragment definition(s) ${names.join(' and ')} form a cycle`,
    { path },
  );
}
