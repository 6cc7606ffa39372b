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
import type { Operation } from './parse-document.ts';

/** Variables and fragments that are told of twice, in the reference's words. */
const definedOnceRule: ValidationRule = (context) => {
  const refuseTwice = (kind: string, names: readonly string[]): void => {
    const met = new Set<string>();
    const twice = names.find((name) => met.has(name) || !met.add(name));
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
export function checkDocument(schema: GraphQLSchema, operation: Operation, introspects: boolean): void {
  check(schema, operation.document, documentRules);
  if (!introspects) return;
  // These rules follow fragments however often they are spread: only what the operation reaches has a known size.
  const definitions = [operation.definition, ...operation.fragments.values()];
  check(schema, { ...operation.document, definitions }, introspectionRules);
}

function check(schema: GraphQLSchema, document: DocumentNode, rules: readonly ValidationRule[]): void {
  const [error] = validate(schema, document, rules, { maxErrors: 1, hideSuggestions: true });
  if (!error) return;
  const { path, code } = error.extensions as { readonly path?: string; readonly code?: ErrorCode };
  throw new EngineError(code ?? 'validation-failed', error.message, { path: path ?? '$' });
}
