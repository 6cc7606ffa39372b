import {
  type FieldNode,
  type GraphQLObjectType,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { EngineError } from '../errors.ts';
import type { Operation } from './parse-document.ts';

/** All nodes that answer under one response key. */
export interface CollectedField {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
}

/** Reads the value of a Boolean argument of `@skip` or `@include`. */
export type ReadCondition = (
  node: FieldNode | SelectionNode,
  directive: 'skip' | 'include',
) => boolean | undefined;

/** Merges the selections of a type into response keys, in the order they are first met (GraphQL spec 6.3.2). */
export function collectFields(
  operation: Operation,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  readCondition: ReadCondition,
  path: string,
): CollectedField[] {
  const collected = new Map<string, { key: string; name: string; nodes: FieldNode[] }>();
  const spread = new Set<string>();
  const walk = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (readCondition(selection, 'skip') === true || readCondition(selection, 'include') === false)
        continue;
      if (selection.kind === 'Field') {
        const key = selection.alias?.value ?? selection.name.value;
        const known = collected.get(key);
        if (!known) collected.set(key, { key, name: selection.name.value, nodes: [selection] });
        else if (known.name === selection.name.value) {
          if (!sameArguments(known.nodes[0] as FieldNode, selection)) {
            throw new EngineError(
              'validation-failed',
              `inconsistent arguments between multiple selections of field "${known.name}"`,
              { path },
            );
          }
          known.nodes.push(selection);
        } else {
          throw new EngineError(
            'validation-failed',
            `selection of both "${known.name}" and "${selection.name.value}" specify the same response name, "${key}"`,
            { path },
          );
        }
      } else if (selection.kind === 'InlineFragment') {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || condition === type.name) walk(selection.selectionSet);
      } else {
        const name = selection.name.value;
        const fragment = operation.fragments.get(name);
        // A fragment adds nothing the second time (GraphQL spec 6.3.2); one that nobody defined is refused before.
        if (!fragment || spread.has(name)) continue;
        spread.add(name);
        if (fragment.typeCondition.name.value === type.name) walk(fragment.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) walk(selectionSet);
  return [...collected.values()];
}

function sameArguments(left: FieldNode, right: FieldNode): boolean {
  if (left === right || (!left.arguments?.length && !right.arguments?.length)) return true;
  return spell(left) === spell(right);
}

/** A field may be met many times, each time with all its arguments: they are spelled once. */
const spellings = new WeakMap<FieldNode, string>();

function spell(node: FieldNode): string {
  const known = spellings.get(node);
  if (known !== undefined) return known;
  const spelling = (node.arguments ?? [])
    .map((argument) => print(argument))
    .sort()
    .join();
  spellings.set(node, spelling);
  return spelling;
}
