import {
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  KnownArgumentNamesRule,
  MaxIntrospectionDepthRule,
  NoFragmentCyclesRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  UniqueArgumentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  type ValidationRule,
  validate,
} from 'graphql';
import { EngineError, type ErrorCode } from '../errors.ts';
import { directivesRule } from './check-directives.ts';

/** Variables and fragments that are told of twice, in the reference's words. */
const definedOnceRule: ValidationRule = (context) => {
  const refuseTwice = (kind: string, names: readonly string[]): void => {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice === undefined) return;
    const message = `multiple definitions for ${kind} "${twice}"`;
    context.reportError(new GraphQLError(message, { extensions: { code: 'parse-failed' } }));
  };
  return {
    Document: ({ definitions }) =>
      refuseTwice(
        'fragment',
        definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [one.name.value] : [])),
      ),
    OperationDefinition: ({ variableDefinitions = [] }) =>
      refuseTwice(
        'variable',
        variableDefinitions.map(({ variable }) => variable.name.value),
      ),
  };
};

/** What planning does not see: names given twice, and directives beside those it asks for. */
const documentRules: readonly ValidationRule[] = [
  UniqueOperationNamesRule,
  definedOnceRule,
  UniqueArgumentNamesRule,
  UniqueInputFieldNamesRule,
  directivesRule,
];

/** Introspection is not planned but executed by graphql-js, so its rules apply in full. */
const introspectionRules: readonly ValidationRule[] = [
  NoFragmentCyclesRule,
  MaxIntrospectionDepthRule,
  FieldsOnCorrectTypeRule,
  KnownArgumentNamesRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
];

/** Refuses a document that breaks a rule of GraphQL which planning does not check by itself. */
export function checkDocument(schema: GraphQLSchema, document: DocumentNode, introspects: boolean): void {
  const rules = introspects ? [...documentRules, ...introspectionRules] : documentRules;
  const [error] = validate(schema, document, rules, { maxErrors: 1, hideSuggestions: true });
  if (!error) return;
  const { path, code } = error.extensions as { readonly path?: string; readonly code?: ErrorCode };
  throw new EngineError(code ?? 'validation-failed', error.message, { path: path ?? '$' });
}
