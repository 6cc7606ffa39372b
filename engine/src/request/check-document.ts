import {
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  type GraphQLSchema,
  KnownArgumentNamesRule,
  MaxIntrospectionDepthRule,
  NoFragmentCyclesRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  UniqueArgumentNamesRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  UniqueVariableNamesRule,
  type ValidationRule,
  validate,
} from 'graphql';
import { EngineError } from '../errors.ts';
import { directivesRule } from './check-directives.ts';

/** What planning does not see: names given twice, and directives beside those it asks for. */
const documentRules: readonly ValidationRule[] = [
  UniqueOperationNamesRule,
  UniqueFragmentNamesRule,
  UniqueVariableNamesRule,
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
  if (error) throw new EngineError('validation-failed', error.message, { path: '$' });
}
