import {
  type DefinitionNode,
  GraphQLError,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  type TypeNode,
} from 'graphql';
import type { MetadataMistake } from './mistakes.ts';
import type { ActionArgument } from './types.ts';

/** What actions.graphql says of one action. */
export interface ActionSignature {
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly arguments: readonly ActionArgument[];
  readonly output_type: string;
  readonly description?: string;
}

/** actions.graphql as plain values in the shape of the metadata API. */
export interface ActionTypes {
  readonly signatures: readonly ActionSignature[];
  readonly scalars: readonly { readonly name: string; readonly description?: string }[];
  readonly enums: readonly {
    readonly name: string;
    readonly description?: string;
    readonly values: readonly {
      readonly value: string;
      readonly description?: string;
      readonly is_deprecated?: boolean;
    }[];
  }[];
  readonly input_objects: readonly {
    readonly name: string;
    readonly description?: string;
    readonly fields: readonly ActionArgument[];
  }[];
  readonly objects: readonly {
    readonly name: string;
    readonly description?: string;
    readonly fields: readonly ActionArgument[];
  }[];
}

/**
 * Reads actions.graphql; what Hasura's custom types cannot say is a mistake, and what the reference reads over is told:
 * interfaces, default values, arguments of fields.
 */
export function readActionTypes(
  text: string,
  file: string,
): {
  types: ActionTypes;
  mistakes: readonly MetadataMistake[];
  warnings: readonly MetadataMistake[];
} {
  const mistakes: MetadataMistake[] = [];
  const warnings: MetadataMistake[] = [];
  const types = {
    signatures: [] as ActionSignature[],
    scalars: [] as ActionTypes['scalars'][number][],
    enums: [] as ActionTypes['enums'][number][],
    input_objects: [] as ActionTypes['input_objects'][number][],
    objects: [] as ActionTypes['objects'][number][],
  };
  const tellIn =
    (list: MetadataMistake[]) =>
    (node: { loc?: { startToken: { line: number } } | undefined }, message: string): void => {
      const line = node.loc?.startToken.line;
      list.push({ file, path: '', ...(line === undefined ? {} : { line }), message });
    };
  const refuse = tellIn(mistakes);
  const warn = tellIn(warnings);
  // Hasura writes the file empty when there are no actions, which is no GraphQL document.
  if (text.split('\n').every((line) => /^\s*(#|$)/.test(line))) return { types, mistakes, warnings };

  let definitions: readonly DefinitionNode[];
  try {
    definitions = parse(text).definitions;
  } catch (thrown) {
    if (!(thrown instanceof GraphQLError)) throw thrown;
    const line = thrown.locations?.[0]?.line;
    mistakes.push({ file, path: '', ...(line === undefined ? {} : { line }), message: thrown.message });
    return { types, mistakes, warnings };
  }

  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.SCALAR_TYPE_DEFINITION:
        types.scalars.push(described(definition, { name: definition.name.value }));
        break;
      case Kind.ENUM_TYPE_DEFINITION:
        types.enums.push(
          described(definition, {
            name: definition.name.value,
            values: (definition.values ?? []).map((value) =>
              described(value, {
                value: value.name.value,
                ...(value.directives?.some((directive) => directive.name.value === 'deprecated')
                  ? { is_deprecated: true }
                  : {}),
              }),
            ),
          }),
        );
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        types.input_objects.push(
          described(definition, {
            name: definition.name.value,
            fields: readInputs(definition.fields ?? [], warn),
          }),
        );
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION: {
        const owner = definition.name.value;
        if (definition.interfaces?.length) {
          warn(
            definition,
            `${owner} implements an interface, which counts for nothing among the types of actions`,
          );
        }
        if (owner === 'Query' || owner === 'Mutation') {
          for (const field of definition.fields ?? []) {
            types.signatures.push(
              described(field, {
                name: field.name.value,
                type: owner === 'Query' ? ('query' as const) : ('mutation' as const),
                arguments: readInputs(field.arguments ?? [], warn),
                output_type: print(field.type),
              }),
            );
          }
        } else if (definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
          refuse(definition, `only Query and Mutation can be extended, not ${owner}`);
        } else {
          types.objects.push(
            described(definition, {
              name: owner,
              fields: (definition.fields ?? []).map((field) => {
                if (field.arguments?.length) {
                  warn(
                    field,
                    `${owner}.${field.name.value} is a field of an action's type, whose arguments count for nothing`,
                  );
                }
                return readField(field);
              }),
            }),
          );
        }
        break;
      }
      case Kind.INTERFACE_TYPE_DEFINITION:
        warn(
          definition,
          `the interface ${definition.name.value} counts for nothing among the types of actions`,
        );
        break;
      default:
        refuse(definition, `a ${definition.kind} has no place among the types of actions`);
    }
  }
  return { types, mistakes, warnings };
}

function readInputs(
  inputs: readonly InputValueDefinitionNode[],
  warn: (node: InputValueDefinitionNode, message: string) => void,
): ActionArgument[] {
  return inputs.map((input) => {
    if (input.defaultValue) {
      warn(
        input,
        `${input.name.value} has a default value, which counts for nothing among the types of actions`,
      );
    }
    return readField(input);
  });
}

interface FieldNode {
  readonly name: { readonly value: string };
  readonly type: TypeNode;
  readonly description?: { readonly value: string };
}

function readField(field: FieldNode): ActionArgument {
  return described(field, { name: field.name.value, type: print(field.type) });
}

function described<Value extends object>(
  node: { readonly description?: { readonly value: string } },
  value: Value,
): Value & { description?: string } {
  return node.description ? { ...value, description: node.description.value } : value;
}
