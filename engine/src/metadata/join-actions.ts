import type { ValuePath } from './mistakes.ts';
import type { ActionTypes } from './read-action-types.ts';
import type { ActionsFile } from './schemas/actions.ts';
import type { ActionMetadata, CustomTypesMetadata } from './types.ts';

/** A mistake about a place in actions.yaml. */
interface YamlMistake {
  readonly path: ValuePath;
  readonly message: string;
}

/** Joins actions.yaml with actions.graphql: each names what the other describes, so neither may name more. */
export function joinActions(
  file: ActionsFile,
  types: ActionTypes,
): {
  actions: readonly ActionMetadata[];
  customTypes: CustomTypesMetadata;
  mistakes: readonly YamlMistake[];
} {
  const mistakes: YamlMistake[] = [];
  const signatures = new Map(types.signatures.map((signature) => [signature.name, signature]));
  const actions = (file.actions ?? []).flatMap((action, index): ActionMetadata[] => {
    const signature = signatures.get(action.name);
    if (!signature) {
      mistakes.push({
        path: ['actions', index, 'name'],
        message: `${action.name} is no field of Query or Mutation in actions.graphql`,
      });
      return [];
    }
    const { kind, ...definition } = action.definition;
    if (kind === 'asynchronous' && signature.type === 'query') {
      mistakes.push({
        path: ['actions', index, 'definition', 'kind'],
        message: `${action.name} is a query, and only a mutation can be asynchronous`,
      });
    }
    return [
      {
        ...action,
        // What the action is for may be said in either file.
        ...(!action.comment && signature.description ? { comment: signature.description } : {}),
        definition: {
          ...definition,
          kind: kind || 'synchronous',
          type: signature.type,
          arguments: signature.arguments,
          output_type: signature.output_type,
        },
      } as ActionMetadata,
    ];
  });
  const named = new Set((file.actions ?? []).map((action) => action.name));
  for (const name of signatures.keys()) {
    if (!named.has(name)) {
      mistakes.push({ path: ['actions'], message: `${name} of actions.graphql has no handler here` });
    }
  }
  for (const kind of ['enums', 'input_objects', 'objects', 'scalars'] as const) {
    const inSdl = new Set(types[kind].map((type) => type.name));
    for (const [index, type] of (file.custom_types?.[kind] ?? []).entries()) {
      if (!inSdl.has(type.name)) {
        mistakes.push({
          path: ['custom_types', kind, index, 'name'],
          message: `${type.name} is not among the ${kind.replace('_', ' ')} of actions.graphql`,
        });
      }
    }
  }
  const relationships = new Map(
    (file.custom_types?.objects ?? []).map((object) => [object.name, object.relationships]),
  );
  const objects = types.objects.map((object) => {
    const own = relationships.get(object.name);
    return own ? { ...object, relationships: own } : object;
  });
  const { signatures: _, ...rest } = types;
  return { actions, customTypes: { ...rest, objects } as CustomTypesMetadata, mistakes };
}
