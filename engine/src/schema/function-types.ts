import {
  type GraphQLFieldConfigArgumentMap,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
} from 'graphql';
import type { FunctionSignature } from '../source/types.ts';
import { type BuildContext, sortedFields } from './build-context.ts';
import { meaning } from './meaning.ts';
import { scalarOf } from './scalars.ts';

/** The `args` argument of a function with something for the client to give; none otherwise. */
export function functionArguments(
  context: BuildContext,
  signature: FunctionSignature,
  typeName: string,
  description: string,
): GraphQLFieldConfigArgumentMap {
  const inputs = signature.parameters.filter((parameter) => parameter.kind === 'input');
  if (inputs.length === 0) return {};
  const type = context.input(typeName, () => {
    const fields = inputs.map((parameter) => {
      const scalar = scalarOf(parameter.type);
      const bare = parameter.type.element === null ? scalar : new GraphQLList(new GraphQLNonNull(scalar));
      return [parameter.name, { type: bare, extensions: meaning({ kind: 'function_argument', parameter }) }];
    });
    return new GraphQLInputObjectType({ name: typeName, fields: sortedFields(Object.fromEntries(fields)) });
  });
  const isOptional = inputs.every((parameter) => parameter.hasDefault);
  return { args: { type: isOptional ? type : new GraphQLNonNull(type), description } };
}
