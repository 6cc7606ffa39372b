import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  typeFromAST,
} from 'graphql';
import { EngineError } from '../errors.ts';
import { arrayElementOf } from './array-names.ts';
import { literalValue } from './literal-value.ts';

/** A declared variable with its type in the role's schema. */
export interface VariableDefinition {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly hasDefault: boolean;
  readonly defaultValue: unknown;
}

/** Values of an operation's variables, as its client sent them. */
export type Variables = Readonly<Record<string, unknown>>;

/** Reads an operation's variable declarations once. */
export function readVariableDefinitions(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
): VariableDefinition[] {
  return (definition.variableDefinitions ?? []).map((node) => {
    const name = node.variable.name.value;
    const type = typeFromAST(schema, renameArrays(schema, node.type) as never) as
      | GraphQLInputType
      | undefined;
    if (!type || !isInputType(type)) {
      let named = node.type;
      while (named.kind !== 'NamedType') named = named.type;
      throw new EngineError('validation-failed', `no such type exists in the schema: '${named.name.value}'`, {
        path: '$',
      });
    }
    return {
      name,
      type,
      hasDefault: node.defaultValue !== undefined,
      defaultValue: node.defaultValue ? literalValue(node.defaultValue, {}) : undefined,
    };
  });
}

/** Clients of earlier releases declare an array by the name that Postgres has for it, such as `_text`. */
function renameArrays(schema: GraphQLSchema, node: TypeNode): TypeNode {
  if (node.kind === 'NonNullType')
    return { ...node, type: renameArrays(schema, node.type) as typeof node.type };
  if (node.kind === 'ListType') return { ...node, type: renameArrays(schema, node.type) };
  const { value } = node.name;
  const element = arrayElementOf(value);
  if (element === null || schema.getType(value)) return node;
  if (!isScalarType(schema.getType(element))) return node;
  const item = { ...node, name: { ...node.name, value: element } };
  return { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: item } };
}

/** An error does not repeat everything that a client made up. */
const mostNamesTold = 20;

/** Fills in defaults and refuses missing or undeclared variables. */
export function completeVariables(
  definitions: readonly VariableDefinition[],
  given: Variables | null | undefined,
): Variables {
  const complete: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const values = given ?? {};
  for (const { name, type, hasDefault, defaultValue } of definitions) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) {
      // A null that may not be is told of where it is used; a default stands in for it, as in the reference.
      complete[name] = value === null && hasDefault && isNonNullType(type) ? defaultValue : value;
    } else if (hasDefault) complete[name] = defaultValue;
    else if (isNonNullType(type)) {
      throw new EngineError('validation-failed', `expecting a value for non-nullable variable: "${name}"`, {
        path: '$',
      });
    }
    // As in the reference, a variable left out is null wherever it stands: `_eq: $id` is then an error, never all rows.
    else complete[name] = null;
  }
  const unexpected = Object.keys(values).filter((name) => !Object.hasOwn(complete, name));
  if (unexpected.length > 0) {
    const names = unexpected.slice(0, mostNamesTold).join(', ');
    const more = unexpected.length > mostNamesTold ? ` and ${unexpected.length - mostNamesTold} more` : '';
    throw new EngineError('validation-failed', `unexpected variables in variableValues: ${names}${more}`, {
      path: '$',
    });
  }
  return complete;
}

/**
 * What of the variables decides the SQL text: which are null, what booleans and enums say, which keys
 * objects have. Operations with equal signatures share one statement; only parameters differ. Undefined when it
 * would have more than so many parts: such a statement is not kept, and finding that out costs no more than them.
 */
export function signatureOf(
  definitions: readonly VariableDefinition[],
  variables: Variables,
  mostParts: number,
): string | undefined {
  const room: Room = { parts: mostParts };
  let signature = '';
  for (const { name, type } of definitions) signature += `${sign(variables[name], type, room)};`;
  return room.parts < 0 ? undefined : signature;
}

/** How many more parts a signature may have; below zero the rest of it is left out. */
interface Room {
  parts: number;
}

function sign(value: unknown, type: GraphQLInputType, room: Room): string {
  if (value === undefined) return 'u';
  if (value === null) return 'n';
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) {
    const item = bare.ofType as GraphQLInputType;
    if (hasScalarLeaves(item)) return Array.isArray(value) ? 'l' : 's';
    return Array.isArray(value) ? `[${signItems(value, item, room)}]` : sign(value, item, room);
  }
  if (isScalarType(bare)) return bare.name === 'Boolean' ? signBoolean(value) : 's';
  if (isEnumType(bare)) return JSON.stringify(value) ?? 'u';
  if (isInputObjectType(bare)) return signObject(value, bare.getFields(), room);
  return 's';
}

function signItems(items: readonly unknown[], type: GraphQLInputType, room: Room): string {
  room.parts -= items.length;
  return room.parts < 0 ? '' : items.map((item) => sign(item, type, room)).join(',');
}

/** What is no Boolean is refused by planning, so no plan is ever found under its sign. */
function signBoolean(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : '?';
}

function signObject(
  value: unknown,
  fields: Readonly<Record<string, { readonly type: GraphQLInputType }>>,
  room: Room,
): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `?${typeof value}`;
  const entries = Object.entries(value);
  room.parts -= entries.length;
  if (room.parts < 0) return '';
  const parts = entries.map(([key, entry]) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return `${JSON.stringify(key)}:${field ? sign(entry, field.type, room) : '?'}`;
  });
  return `{${parts.join(',')}}`;
}

/** Lists of plain values are one array parameter whatever their length; Booleans and enums shape the text instead. */
function hasScalarLeaves(type: GraphQLInputType): boolean {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return hasScalarLeaves(bare.ofType as GraphQLInputType);
  return isScalarType(bare) && bare.name !== 'Boolean';
}
