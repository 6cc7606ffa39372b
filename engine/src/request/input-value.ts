import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLScalarType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type ValueNode,
} from 'graphql';
import { EngineError } from '../errors.ts';
import { isJsonNumber, isJsonObject } from '../json/json-values.ts';
import { canonicalName, inputMeaningOf, isFilterType } from '../schema/meaning.ts';
import { arrayElementOf } from './array-names.ts';
import { checkRowCount, checkScalar } from './check-scalar.ts';
import { checkColumnValue } from './column-value.ts';
import { literalValue } from './literal-value.ts';
import type { PlanBudget } from './plan-budget.ts';
import type { VariableDefinition, Variables } from './variables.ts';

/** Where in the variables a value stands. */
export type VariablePath = readonly (string | number)[];

/**
 * An argument's value, checked against its type, with the place it came from kept beside it:
 * what came from a variable becomes a parameter that later requests fill in anew.
 */
export type InputValue =
  | { readonly kind: 'null'; readonly at: string }
  | ScalarInput
  | { readonly kind: 'enum'; readonly value: unknown; readonly at: string }
  | { readonly kind: 'list'; readonly items: readonly InputValue[]; readonly at: string }
  | ObjectInput;

/** A scalar, or a list of scalars out of a variable. */
export interface ScalarInput {
  readonly kind: 'scalar';
  /** A JSON value; for a list of scalars out of a variable, the whole list. */
  readonly value: unknown;
  readonly isList: boolean;
  /** Whether another request's value may take the place of this one; throws when not. */
  readonly check: (value: unknown) => void;
  readonly variable: VariablePath | null;
  readonly at: string;
}

/** An input object by its fields. */
export interface ObjectInput {
  readonly kind: 'object';
  readonly fields: ReadonlyMap<string, { readonly field: GraphQLInputField; readonly value: InputValue }>;
  readonly at: string;
}

/** What reading a value needs to know of its request. */
export interface InputScope {
  readonly definitions: readonly VariableDefinition[];
  readonly variables: Variables;
  readonly budget: PlanBudget;
  /** Called when a value out of a variable is baked into the plan, so that the plan serves this request only. */
  readonly onBakedVariable: () => void;
}

type CheckScalar = (type: GraphQLScalarType, value: unknown, found: string, at: string) => void;

const checkLimit: CheckScalar = (...args) => checkRowCount(32, ...args);
const checkOffset: CheckScalar = (...args) => checkRowCount(64, ...args);

/** What a field's or argument's scalars are checked by: those of columns more freely than GraphQL's own. */
export function scalarCheckOf(carrier: Parameters<typeof inputMeaningOf>[0]): CheckScalar {
  const given = inputMeaningOf(carrier);
  if (given?.kind === 'row_count') return given.bits === 32 ? checkLimit : checkOffset;
  const kind = given?.kind;
  if (kind !== 'column' && kind !== 'operator' && kind !== 'function_argument') return checkScalar;
  return (type, value, _found, at) => checkColumnValue(type.name, value, at);
}

/** Reads a literal of the document. Answers undefined where a variable is absent. */
export function readInput(
  node: ValueNode,
  type: GraphQLInputType,
  scope: InputScope,
  at: string,
  check: CheckScalar = checkScalar,
): InputValue | undefined {
  if (node.kind === 'Variable') return readVariable(node.name.value, type, scope, at, check);
  if (isNonNullType(type)) {
    if (node.kind === 'NullValue') throw unexpectedNull(type.ofType, at, check);
    return readInput(node, type.ofType, scope, at, check);
  }
  if (node.kind === 'NullValue') return { kind: 'null', at };
  if (isListType(type)) {
    const item = type.ofType as GraphQLInputType;
    // Encoded as a variable's text is: an array column takes it for an array literal of Postgres.
    if (node.kind === 'StringValue' && check !== checkScalar && isScalarType(leafOf(item))) {
      checkScalarList(node.value, leafOf(item) as GraphQLScalarType, item, at, check);
      return { kind: 'scalar', value: node.value, isList: true, check: () => undefined, variable: null, at };
    }
    const nodes = node.kind === 'ListValue' ? node.values : [node];
    scope.budget.checkList(nodes.length, at);
    const items = nodes.map((entry, index) => {
      const itemAt = node.kind === 'ListValue' ? `${at}[${index}]` : at;
      return readInput(entry, item, scope, itemAt, check) ?? ({ kind: 'null', at: itemAt } as const);
    });
    return { kind: 'list', items, at };
  }
  if (isInputObjectType(type)) {
    if (node.kind !== 'ObjectValue')
      throw mismatch(`an object for type "${type.name}"`, describeNode(node), at);
    const given = node.fields.map((field) => [field.name.value, field.value] as const);
    return readObject(type, given, scope, at, (value, field, fieldAt) =>
      readInput(value, field.type, scope, fieldAt, scalarCheckOf(field)),
    );
  }
  if (isEnumType(type)) {
    const name = node.kind === 'EnumValue' ? node.value : undefined;
    return readEnum(type, name, node.kind === 'EnumValue', describeNode(node), at);
  }
  const scalar = type as GraphQLScalarType;
  if (containsVariable(node)) scope.onBakedVariable();
  const value = literalValue(node, scope.variables);
  check(scalar, value, describeNode(node), at);
  return { kind: 'scalar', value, isList: false, check: () => undefined, variable: null, at };
}

function readVariable(
  name: string,
  type: GraphQLInputType,
  scope: InputScope,
  at: string,
  check: CheckScalar,
): InputValue | undefined {
  const definition = definitionOf(scope.definitions, name);
  if (!definition) throw new EngineError('validation-failed', `unbound variable "${name}"`, { path: at });
  if (!isUsable(definition, type)) {
    throw new EngineError(
      'validation-failed',
      `variable "${name}" is declared as "${String(definition.type)}", but used where "${String(type)}" is expected`,
      { path: at },
    );
  }
  const value = scope.variables[name];
  return value === undefined ? undefined : readJson(value, type, [name], scope, at, check);
}

/** By name: an operation may declare thousands of variables and use each as often. */
const byName = new WeakMap<readonly VariableDefinition[], ReadonlyMap<string, VariableDefinition>>();

function definitionOf(
  definitions: readonly VariableDefinition[],
  name: string,
): VariableDefinition | undefined {
  if (definitions.length < 10) return definitions.find((candidate) => candidate.name === name);
  const known = byName.get(definitions) ?? new Map(definitions.map((one) => [one.name, one]));
  byName.set(definitions, known);
  return known.get(name);
}

/** The rule "All Variable Usages Are Allowed" (GraphQL spec 5.8.5), by structure. */
function isUsable(definition: VariableDefinition, type: GraphQLInputType): boolean {
  const fits = (declared: GraphQLInputType, wanted: GraphQLInputType): boolean => {
    if (isSameArray(declared, wanted)) return true;
    if (isNonNullType(wanted)) return isNonNullType(declared) && fits(declared.ofType, wanted.ofType);
    if (isNonNullType(declared)) return fits(declared.ofType, wanted);
    if (isListType(wanted)) {
      // Hasura lets a single value stand for a list, and says of elements only when a null is among them.
      const element = nullable(wanted.ofType as GraphQLInputType);
      return fits(isListType(declared) ? nullable(declared.ofType as GraphQLInputType) : declared, element);
    }
    return !isListType(declared) && declared === wanted;
  };
  // A default fills the place of a null, unless it is null itself.
  const isFilled = definition.hasDefault && definition.defaultValue !== null;
  const wanted = isNonNullType(type) && isFilled && !isNonNullType(definition.type) ? type.ofType : type;
  return fits(definition.type, wanted);
}

function nullable(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) ? type.ofType : type;
}

/** `_uuid` of an argument and `[uuid!]` of a column are one type of Postgres. */
function isSameArray(declared: GraphQLInputType, wanted: GraphQLInputType): boolean {
  const [left, right] = [declared, wanted].map((type) => (isNonNullType(type) ? type.ofType : type));
  const isNamed = (scalar: unknown, list: unknown): boolean =>
    isScalarType(scalar) &&
    isListType(list) &&
    isScalarType(leafOf(list as GraphQLInputType)) &&
    arrayElementOf(scalar.name) === (leafOf(list as GraphQLInputType) as GraphQLScalarType).name;
  return isNamed(left, right) || isNamed(right, left);
}

function readJson(
  value: unknown,
  type: GraphQLInputType,
  path: VariablePath,
  scope: InputScope,
  at: string,
  check: CheckScalar,
): InputValue {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) throw unexpectedNull(type.ofType, at, check);
    return readJson(value, type.ofType, path, scope, at, check);
  }
  if (value === null || value === undefined) return { kind: 'null', at };
  if (isListType(type)) {
    const item = type.ofType as GraphQLInputType;
    const leaf = leafOf(item);
    if (isScalarType(leaf) && leaf.name !== 'Boolean') {
      const { budget } = scope;
      const checkList = (list: unknown): void => {
        if (Array.isArray(list)) budget.checkList(list.length, at);
        checkScalarList(list, leaf, item, at, check);
      };
      checkList(value);
      return { kind: 'scalar', value, isList: true, check: checkList, variable: path, at };
    }
    if (!Array.isArray(value))
      return { kind: 'list', items: [readJson(value, item, path, scope, at, check)], at };
    scope.budget.checkList(value.length, at);
    return {
      kind: 'list',
      items: value.map((entry, index) =>
        readJson(entry, item, [...path, index], scope, `${at}[${index}]`, check),
      ),
      at,
    };
  }
  if (isInputObjectType(type)) {
    if (!isJsonObject(value)) {
      throw mismatch(`an object for type "${type.name}"`, describeJson(value), at);
    }
    return readObject(type, Object.entries(value), scope, at, (entry, field, fieldAt, key) =>
      entry === undefined
        ? undefined
        : readJson(entry, field.type, [...path, key], scope, fieldAt, scalarCheckOf(field)),
    );
  }
  if (isEnumType(type)) return readEnum(type, value, isGraphQLName(value), describeJson(value), at);
  const checkOne = (one: unknown): void => check(type, one, describeJson(one), at);
  checkOne(value);
  // A Boolean shapes the statement (`_is_null`) and is part of the plan's signature.
  const variable = type.name === 'Boolean' ? null : path;
  return { kind: 'scalar', value, isList: false, check: checkOne, variable, at };
}

function readObject<V>(
  type: GraphQLInputObjectType,
  given: readonly (readonly [string, V])[],
  scope: InputScope,
  at: string,
  read: (value: V, field: GraphQLInputField, at: string, key: string) => InputValue | undefined,
): ObjectInput {
  const declared = type.getFields();
  const isFilter = isFilterType(type);
  // An empty filter is one, too.
  if (isFilter && given.length === 0) scope.budget.countConditions(1, at);
  else scope.budget.countStep();
  const fields = new Map<string, { field: GraphQLInputField; value: InputValue }>();
  for (const [key, entry] of given) {
    const field = Object.hasOwn(declared, key) ? declared[key] : undefined;
    if (!field)
      throw new EngineError('validation-failed', `field "${key}" not found in type: '${type.name}'`, {
        path: at,
      });
    // What a column is compared with counts, once for each comparison.
    if (isFilter && inputMeaningOf(field)?.kind !== 'column') scope.budget.countConditions(1, at);
    const value = read(entry, field, `${at}.${key}`, key);
    if (value !== undefined) fields.set(canonicalName(field), { field, value });
  }
  for (const field of fieldsNotLeftOut(type)) {
    const name = canonicalName(field);
    if (fields.has(name)) continue;
    if (field.defaultValue !== undefined) {
      fields.set(name, {
        field,
        value: readJson(field.defaultValue, field.type, [], scope, `${at}.${field.name}`, checkScalar),
      });
    } else if (isNonNullType(field.type)) {
      throw new EngineError('validation-failed', `missing required field "${field.name}"`, {
        path: `${at}.${field.name}`,
      });
    }
  }
  return { kind: 'object', fields, at };
}

/** By type: a filter has thousands of objects, and most types none of these fields. */
const notLeftOut = new WeakMap<GraphQLInputObjectType, readonly GraphQLInputField[]>();

/** The fields of a type that mean something where they are left out: a default, or a mistake. */
function fieldsNotLeftOut(type: GraphQLInputObjectType): readonly GraphQLInputField[] {
  const known = notLeftOut.get(type);
  if (known) return known;
  const found = Object.values(type.getFields()).filter(
    (field) => field.defaultValue !== undefined || isNonNullType(field.type),
  );
  notLeftOut.set(type, found);
  return found;
}

function isGraphQLName(value: unknown): boolean {
  return typeof value === 'string' && /^[_A-Za-z][_0-9A-Za-z]*$/.test(value);
}

function readEnum(
  type: GraphQLEnumType,
  name: unknown,
  isName: boolean,
  found: string,
  at: string,
): InputValue {
  const value = typeof name === 'string' ? type.getValue(name) : undefined;
  if (!isName) throw mismatch(`an enum value for type "${type.name}"`, found, at);
  if (value) return { kind: 'enum', value: value.value, at };
  const names = type.getValues().map((candidate) => candidate.name);
  const last = names.pop();
  const choices =
    names.length === 0
      ? `the value ${last}`
      : `one of the values ${names.join(', ')}${names.length > 1 ? ',' : ''} or ${last}`;
  throw new EngineError(
    'validation-failed',
    `expected ${choices} for type "${type.name}", but found ${JSON.stringify(name)}`,
    { path: at },
  );
}

function leafOf(type: GraphQLInputType): GraphQLInputType {
  if (isNonNullType(type)) return leafOf(type.ofType);
  return isListType(type) ? leafOf(type.ofType as GraphQLInputType) : type;
}

function checkScalarList(
  value: unknown,
  leaf: GraphQLScalarType,
  item: GraphQLInputType,
  at: string,
  check: CheckScalar,
): void {
  const entries = Array.isArray(value) ? value : [value];
  for (const [index, entry] of entries.entries()) {
    const entryAt = Array.isArray(value) ? `${at}[${index}]` : at;
    if (Array.isArray(entry)) checkScalarList(entry, leaf, item, entryAt, check);
    else if (entry === null || entry === undefined) {
      if (isNonNullType(item)) throw unexpectedNull(leaf, entryAt, check);
    } else check(leaf, entry, describeJson(entry), entryAt);
  }
}

function containsVariable(node: ValueNode): boolean {
  if (node.kind === 'Variable') return true;
  if (node.kind === 'ListValue') return node.values.some(containsVariable);
  return node.kind === 'ObjectValue' && node.fields.some((field) => containsVariable(field.value));
}

/** A null where the reference takes none; its words tell a column's value from one of GraphQL's own types. */
export function unexpectedNull(type: GraphQLInputType, at: string, check: CheckScalar): EngineError {
  if (isNonNullType(type)) return unexpectedNull(type.ofType, at, check);
  if (isListType(type)) return mismatch('a list', 'null', at);
  if (isInputObjectType(type)) return mismatch(`an object for type "${type.name}"`, 'null', at);
  if (isEnumType(type)) return mismatch(`an enum value for type "${type.name}"`, 'null', at);
  if (check === checkScalar) check(type, null, 'null', at);
  return new EngineError('validation-failed', `unexpected null value for type "${String(type)}"`, {
    path: at,
  });
}

function mismatch(expected: string, found: string, at: string): EngineError {
  return new EngineError('validation-failed', `expected ${expected}, but found ${found}`, { path: at });
}

/** How Hasura names a JSON value in its errors. */
function describeJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'boolean') return 'a boolean';
  return isJsonNumber(value) ? 'a number' : 'an object';
}

function describeNode(node: ValueNode): string {
  switch (node.kind) {
    case 'IntValue':
      return 'an integer';
    case 'FloatValue':
      return 'a float';
    case 'StringValue':
      return 'a string';
    case 'BooleanValue':
      return 'a boolean';
    case 'EnumValue':
      return 'an enum value';
    case 'ListValue':
      return 'a list';
    case 'ObjectValue':
      return 'an object';
    default:
      return 'null';
  }
}
