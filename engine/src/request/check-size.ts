import type { DirectiveNode, FieldNode, SelectionNode, SelectionSetNode, ValueNode } from 'graphql';
import { EngineError } from '../errors.ts';
import type { Operation } from './parse-document.ts';

/** Far above any honest operation; a wall against fragments that double what they spread, level after level. */
const maxFields = 10_000;
/** Fields and the fragments around them: what a walk over the whole operation visits. */
const maxSelections = 20_000;
/** Values in arguments, those within lists and objects included. */
const maxValues = 100_000;
/** How deep selections or values nest, fragments included; all that walks them calls itself for each level. */
export const deepest = 500;

/** What an operation comes to once its fragments are spread. */
interface Size {
  readonly fields: number;
  readonly selections: number;
  readonly values: number;
  readonly depth: number;
}

const nothing: Size = { fields: 0, selections: 0, values: 0, depth: 0 };

/**
 * Refuses an operation that is short as a text but endless once its fragments are spread: whatever walks it
 * afterwards may do so without a bound of its own. Each fragment is counted once, so the check itself stays linear.
 * Fragments must be known, and must be known to lead to no cycle.
 */
export function checkSize(operation: Operation): void {
  const sizes = new Map<string, Size>();
  const sizeOf = (selectionSet: SelectionSetNode | undefined): Size => {
    let { fields, selections, values, depth } = nothing;
    for (const selection of selectionSet?.selections ?? []) {
      const below =
        selection.kind === 'FragmentSpread'
          ? sizeOfFragment(selection.name.value)
          : sizeOf(selection.selectionSet);
      fields += below.fields + (selection.kind === 'Field' ? 1 : 0);
      selections += below.selections + 1;
      values += below.values + valuesOf(selection);
      depth = Math.max(depth, below.depth + 1);
      refuseOversize(fields, selections, values, depth);
    }
    return { fields, selections, values, depth };
  };
  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    const size = sizeOf(operation.fragments.get(name)?.selectionSet);
    sizes.set(name, size);
    return size;
  };
  sizeOf(operation.definition.selectionSet);
}

/** The error for an operation that nests deeper than anything of ours is made for. */
export function tooDeep(): EngineError {
  return new EngineError(
    'validation-failed',
    `the operation is nested too deeply: more than ${deepest} levels`,
    {
      path: '$',
    },
  );
}

function refuseOversize(fields: number, selections: number, values: number, depth: number): void {
  if (depth > deepest) throw tooDeep();
  const [most, what] =
    fields > maxFields
      ? [maxFields, 'fields']
      : selections > maxSelections
        ? [maxSelections, 'fields and fragments']
        : values > maxValues
          ? [maxValues, 'values in arguments']
          : [0, null];
  if (what === null) return;
  throw new EngineError('validation-failed', `the operation asks for more than ${most} ${what}`, {
    path: '$',
  });
}

function valuesOf(selection: SelectionNode): number {
  let count = selection.kind === 'Field' ? valuesOfArguments(selection) : 0;
  for (const directive of selection.directives ?? []) count += 1 + valuesOfArguments(directive);
  return count;
}

function valuesOfArguments({ arguments: given = [] }: FieldNode | DirectiveNode): number {
  return given.reduce((count, { value }) => count + valuesIn(value, 1), 0);
}

function valuesIn(value: ValueNode, depth: number): number {
  if (value.kind !== 'ListValue' && value.kind !== 'ObjectValue') return 1;
  if (depth > deepest) throw tooDeep();
  let count = 1;
  if (value.kind === 'ListValue') for (const item of value.values) count += valuesIn(item, depth + 1);
  else for (const field of value.fields) count += valuesIn(field.value, depth + 1);
  return count;
}
