import type { z } from 'zod';
import { parseJson } from '../http/parse-json.ts';
import { type Problem, problemsOf } from './check-shape.ts';
import type { ValuePath } from './mistakes.ts';
import type { ActionSignature, ActionTypes } from './read-action-types.ts';
import { type ActionsFile, wholeAction, wholeTypes } from './schemas/actions.ts';
import type { ActionMetadata, CustomTypesMetadata } from './types.ts';

/** A mistake about a place in actions.yaml. */
interface YamlMistake {
  readonly path: ValuePath;
  readonly message: string;
}

type FileAction = NonNullable<ActionsFile['actions']>[number];

/**
 * Joins actions.yaml with actions.graphql: each names what the other describes. Where actions.yaml describes types as
 * well, actions.graphql wins, and what only actions.yaml describes is taken from there.
 */
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
    const signature = signatures.get(action.name) ?? readInline(action, index, mistakes);
    if (!signature) return [];
    const {
      kind,
      arguments: _arguments,
      output_type: _output,
      type: _type,
      ...definition
    } = action.definition;
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
  return { actions, customTypes: joinTypes(file, types, mistakes), mistakes };
}

/** What actions.yaml itself says of an action that actions.graphql does not know. */
function readInline(action: FileAction, index: number, mistakes: YamlMistake[]): ActionSignature | undefined {
  if (action.definition.output_type === undefined) {
    mistakes.push({
      path: ['actions', index, 'name'],
      message: `${action.name} is no field of Query or Mutation in actions.graphql`,
    });
    return undefined;
  }
  const whole = wholeAction.safeParse(action);
  if (!whole.success) {
    report(whole.error, ['actions', index], mistakes);
    return undefined;
  }
  const { type, arguments: given = [], output_type } = whole.data.definition;
  return {
    name: action.name,
    type: type ?? 'mutation',
    arguments: given as ActionSignature['arguments'],
    output_type,
  };
}

const typeKinds = ['enums', 'input_objects', 'objects', 'scalars'] as const;

function joinTypes(file: ActionsFile, types: ActionTypes, mistakes: YamlMistake[]): CustomTypesMetadata {
  const joined: Record<string, unknown[]> = {};
  for (const kind of typeKinds) {
    const inSdl = new Set(types[kind].map(({ name }) => name));
    joined[kind] = [...types[kind]];
    for (const [index, type] of (file.custom_types?.[kind] ?? []).entries()) {
      if (inSdl.has(type.name)) continue;
      const isDescribed = ['values', 'fields'].some(
        (key) => (type as Record<string, unknown>)[key] !== undefined,
      );
      if (!isDescribed) {
        mistakes.push({
          path: ['custom_types', kind, index, 'name'],
          message: `${type.name} is not among the ${kind.replace('_', ' ')} of actions.graphql`,
        });
        continue;
      }
      const whole = wholeTypes[kind].safeParse(type);
      if (whole.success) joined[kind].push(parseJson(JSON.stringify(whole.data)));
      else report(whole.error, ['custom_types', kind, index], mistakes);
    }
  }
  const relationships = new Map(
    (file.custom_types?.objects ?? []).map((object) => [object.name, object.relationships]),
  );
  const objects = (joined.objects as { readonly name: string }[]).map((object) => {
    const own = relationships.get(object.name);
    return own ? { ...object, relationships: own } : object;
  });
  const { scalars, enums, input_objects } = joined;
  return { scalars, enums, input_objects, objects } as unknown as CustomTypesMetadata;
}

function report(error: z.ZodError, at: ValuePath, mistakes: YamlMistake[]): void {
  const problems: Problem[] = error.issues.flatMap((issue) => problemsOf(issue));
  for (const { path, message } of problems) mistakes.push({ path: [...at, ...path], message });
}
