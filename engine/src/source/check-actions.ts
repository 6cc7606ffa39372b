import type { ActionMetadata, CustomTypesMetadata } from '../metadata/types.ts';
import { bareName } from './read-scalars.ts';
import type { Inconsistency, TrackedTable } from './types.ts';

/** What actions may refer to. */
export interface ActionsScope {
  readonly customTypes: CustomTypesMetadata;
  readonly scalars: ReadonlySet<string>;
  readonly tables: ReadonlyMap<string, TrackedTable>;
  /** What is wrong with transforms, by the definition that holds them. */
  readonly badTransforms: ReadonlyMap<unknown, string>;
}

/** Sorts the actions into those that can be served and those whose types do not hold. */
export function checkActions(
  actions: readonly ActionMetadata[],
  scope: ActionsScope,
): { readonly actions: readonly ActionMetadata[]; readonly inconsistencies: readonly Inconsistency[] } {
  const inconsistencies: Inconsistency[] = [];
  const served = actions.filter((action) => {
    const problem = findProblem(action, scope);
    if (problem === null) return true;
    inconsistencies.push({
      type: 'action',
      name: `action ${action.name}`,
      reason: `Inconsistent object: in action "${action.name}"; ${problem}`,
      definition: spellOut(action),
    });
    return false;
  });
  return { actions: served, inconsistencies };
}

/** An action with its defaults, as the reference shows it; its permissions are no part of it. */
function spellOut({ name, comment = null, definition }: ActionMetadata): unknown {
  const { arguments: given, type = 'mutation', kind, ...others } = definition;
  const isMutation = type === 'mutation';
  return {
    name,
    comment,
    definition: {
      headers: [],
      forward_client_headers: false,
      timeout: 30,
      ...others,
      type,
      ...(isMutation ? { kind: kind || 'synchronous' } : {}),
      arguments: (given ?? []).map((argument) => ({ description: null, ...argument })),
    },
  };
}

function findProblem({ name, definition }: ActionMetadata, scope: ActionsScope): string | null {
  const badTransform = scope.badTransforms.get(definition);
  if (badTransform !== undefined) return badTransform;
  const { objects, enums, input_objects: inputs } = scope.customTypes;
  const has = (types: readonly { readonly name: string }[] | null | undefined, wanted: string): boolean =>
    (types ?? []).some((type) => type.name === wanted);
  const isLeaf = (type: string): boolean => scope.scalars.has(type) || has(enums, type);
  for (const argument of definition.arguments ?? []) {
    const type = bareName(argument.type);
    if (isLeaf(type) || has(inputs, type)) continue;
    return `the type: "${type}" is not defined in custom types`;
  }
  const output = bareName(definition.output_type);
  if (!isLeaf(output) && !has(objects, output))
    return `the type: "${output}" is not an object type defined in custom types`;
  if (definition.kind !== 'asynchronous') return null;
  if (definition.type === 'query') return 'only a mutation can be asynchronous';
  const isTaken =
    isLeaf(name) ||
    has(objects, name) ||
    has(inputs, name) ||
    [...scope.tables.values()].some(({ typeName }) => typeName === name);
  return isTaken ? `the type of its result would share the name "${name}" with another type` : null;
}
