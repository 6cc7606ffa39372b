import { type GraphQLFieldConfigArgumentMap, GraphQLInputObjectType, GraphQLNonNull } from 'graphql';
import type { FunctionSignature } from '../source/types.ts';
import { type BuildContext, sortedFields } from './build-context.ts';
import { meaning } from './meaning.ts';
import { arrayScalar, scalarOf } from './scalars.ts';

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
      // The reference shows an array here by Postgres' own name for it, unlike that of a column.
      const { element } = parameter.type;
      const type = element === null ? scalarOf(parameter.type) : arrayScalar(element);
      return [parameter.name, { type, extensions: meaning({ kind: 'function_argument', parameter }) }];
    });
    return new GraphQLInputObjectType({ name: typeName, fields: sortedFields(Object.fromEntries(fields)) });
  });
  const isOptional = inputs.every((parameter) => parameter.hasDefault);
  return { args: { type: isOptional ? type : new GraphQLNonNull(type), description } };
}
