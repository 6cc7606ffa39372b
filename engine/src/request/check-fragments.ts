import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { EngineError } from '../errors.ts';
import { deepest, tooDeep } from './check-size.ts';
import type { Operation } from './parse-document.ts';

/**
 * Refuses fragments that nobody defined and those that lead back to themselves, however many fields lie between.
 * Answers the operation with the fragments that it reaches and no others. Done before anything else walks the
 * operation, because everything else would not end. Each fragment is entered once, so the check stays linear for
 * texts made to be slow. The path of a cycle names fragments among fields, as the reference does.
 */
export function checkFragments(operation: Operation): Operation {
  const reached = new Map<string, FragmentDefinitionNode>();
  const entered: string[] = [];
  const isEntered = new Set<string>();
  const walk = (selectionSet: SelectionSetNode, path: string, fields: string, depth: number): void => {
    if (depth > deepest) throw tooDeep();
    for (const selection of selectionSet.selections) {
      if (selection.kind === 'Field') {
        const below = `.${selection.name.value}.selectionSet`;
        if (selection.selectionSet)
          walk(selection.selectionSet, `${path}${below}`, `${fields}${below}`, depth + 1);
      } else if (selection.kind === 'InlineFragment') {
        walk(selection.selectionSet, path, fields, depth + 1);
      } else {
        const name = selection.name.value;
        if (isEntered.has(name)) throw cycleError(entered.slice(entered.indexOf(name)), path);
        if (reached.has(name)) continue;
        const fragment = operation.fragments.get(name);
        if (!fragment) {
          throw new EngineError('validation-failed', `reference to undefined fragment "${name}"`, {
            path: fields,
          });
        }
        reached.set(name, fragment);
        isEntered.add(name);
        entered.push(name);
        walk(fragment.selectionSet, `${path}.${name}.selectionSet`, fields, depth + 1);
        entered.pop();
        isEntered.delete(name);
      }
    }
  };
  walk(operation.definition.selectionSet, '$.selectionSet', '$.selectionSet', 1);
  return { ...operation, fragments: reached };
}

function cycleError(names: readonly string[], path: string): EngineError {
  return new EngineError(
    'validation-failed',
    `the fragment definition(s) ${names.join(' and ')} form a cycle`,
    { path },
  );
}
