import {
  type FieldNode,
  GraphQLBoolean,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { EngineError } from '../errors.ts';
import type { Bounds } from '../guards/bounds.ts';
import type { Encoder, Parameter, ReadColumn } from '../predicate/types.ts';
import { type CollectedField, collectFields, type ReadCondition } from '../request/collect-fields.ts';
import {
  type InputScope,
  type InputValue,
  readInput,
  type ScalarInput,
  scalarCheckOf,
} from '../request/input-value.ts';
import type { Operation } from '../request/parse-document.ts';
import { canonicalName } from '../schema/meaning.ts';
import type { RoleSchema } from '../schema/role-schemas.ts';
import type { ResolvedPermissions, ResolvedSelect } from '../source/resolved-permissions.ts';
import type { TrackedTable } from '../source/types.ts';

/** What planning one operation shares. */
export interface PlanContext {
  readonly roleSchema: RoleSchema;
  readonly operation: Operation;
  readonly input: InputScope;
  /** `HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES`. */
  readonly stringifyNumeric: boolean;
  /** Of the role. */
  readonly bounds: Bounds;
}

/** The values of a field's arguments by name; absent ones are missing. */
export type Arguments = ReadonlyMap<string, InputValue>;

/** Reads a field's arguments against its definition, refusing unknown and missing ones. */
export function readArguments(
  context: PlanContext,
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  path: string,
): Arguments {
  const values = new Map<string, InputValue>();
  for (const argument of node.arguments ?? []) {
    const name = argument.name.value;
    const declared = definition.args.find((candidate) => candidate.name === name);
    if (!declared)
      throw new EngineError('validation-failed', `"${definition.name}" has no argument named "${name}"`, {
        path,
      });
    const value = readInput(
      argument.value,
      declared.type,
      context.input,
      `${path}.args.${name}`,
      scalarCheckOf(declared),
    );
    if (value) values.set(canonicalName(declared), value);
  }
  for (const declared of definition.args) {
    if (!values.has(canonicalName(declared)) && isNonNullType(declared.type)) {
      throw new EngineError('validation-failed', `missing required field "${declared.name}"`, {
        path: `${path}.args.${declared.name}`,
      });
    }
  }
  return values;
}

/** `@skip` and `@include` with a literal or a variable. */
export function conditionReader(input: InputScope): ReadCondition {
  return (node, directive) => {
    const found = (node.directives ?? []).find((candidate) => candidate.name.value === directive);
    if (!found) return undefined;
    const given = found.arguments?.find((argument) => argument.name.value === 'if');
    if (!given) {
      throw new EngineError('validation-failed', 'missing required field "if"', { path: '$' });
    }
    const value = readInput(given.value, condition, input, '$');
    return value?.kind === 'scalar' && value.value === true;
  };
}

const condition = new GraphQLNonNull(GraphQLBoolean);

/** One field to plan: its merged nodes, its definition, the type it leads to. */
export interface TypedField extends CollectedField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly path: string;
}

/** Collects the fields of a type; `__typename` comes back with no definition. */
export function collectTyped(
  context: PlanContext,
  type: GraphQLObjectType,
  parents: readonly FieldNode[],
  path: string,
): (TypedField | { readonly key: string; readonly typename: string })[] {
  context.input.budget.countStep();
  const sets = parents.flatMap((parent) => (parent.selectionSet ? [parent.selectionSet] : []));
  if (sets.length === 0) {
    throw new EngineError('validation-failed', `missing selection set for "${type.name}"`, {
      path: `${path}.selectionSet`,
    });
  }
  return collectFields(
    context.operation,
    type,
    sets,
    conditionReader(context.input),
    `${path}.selectionSet`,
  ).map((field) => typeField(type, field, path));
}

/** Looks a collected field up in its type. */
export function typeField(
  type: GraphQLObjectType,
  field: CollectedField,
  path: string,
): TypedField | { readonly key: string; readonly typename: string } {
  if (field.name === '__typename') return { key: field.key, typename: type.name };
  const fields = type.getFields();
  const definition = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
  const fieldPath = `${path}.selectionSet.${field.name}`;
  if (!definition) {
    throw new EngineError('validation-failed', `field "${field.name}" not found in type: '${type.name}'`, {
      path: fieldPath,
    });
  }
  if (!isObjectType(bareType(definition.type)) && field.nodes.some((node) => node.selectionSet)) {
    throw new EngineError('validation-failed', `unexpected subselection set for non-object field`, {
      path: fieldPath,
    });
  }
  const name = canonicalName(definition);
  return { ...field, name, node: field.nodes[0] as FieldNode, definition, path: fieldPath };
}

/** A type without its lists and non-nulls. */
export function bareType(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type) || isListType(type)) return bareType(type.ofType as GraphQLOutputType);
  return type;
}

/** The object type below a field's lists and non-nulls. */
export function objectTypeOf(field: TypedField): GraphQLObjectType {
  return bareType(field.definition.type) as GraphQLObjectType;
}

/** A scalar as a parameter: fixed when it stands in the document, filled in anew when it is a variable. */
export function toParameter(input: ScalarInput, encode: Encoder, sqlType: string): Parameter {
  if (input.variable === null) {
    return { kind: 'parameter', source: { kind: 'literal', text: encode(input.value) }, sqlType };
  }
  const checked: Encoder = (value) => {
    input.check(value);
    return encode(value);
  };
  return { kind: 'parameter', source: { kind: 'variable', path: input.variable, encode: checked }, sqlType };
}

/** The role's select permission; there always is one where the schema led here. */
export function selectPermission(context: PlanContext, table: TrackedTable): ResolvedSelect {
  const select = permissionsFor(context, table).select;
  if (!select)
    throw new EngineError(
      'unexpected',
      `role "${context.roleSchema.role}" cannot select from "${table.displayName}"`,
    );
  return select;
}

/** A column that the client names by an enum value, as the role reads it. */
export function readColumnOf(context: PlanContext, table: TrackedTable, name: string): ReadColumn {
  const { columns } = selectPermission(context, table);
  const visibleWhen = columns.get(name);
  if (visibleWhen === undefined) {
    throw new EngineError(
      'unexpected',
      `role "${context.roleSchema.role}" cannot read "${name}" of "${table.displayName}"`,
    );
  }
  return { name, visibleWhen };
}

/** What the role may do with a table; nothing unless told. */
export function permissionsFor(context: PlanContext, table: TrackedTable): ResolvedPermissions {
  return context.roleSchema.permissions.get(table.key) ?? {};
}

const stringified = new Set(['numeric', 'int8', 'float8']);

/** Whether a column leaves as a JSON string under the stringify setting. */
export function leavesAsText(context: PlanContext, typeName: string): boolean {
  return context.stringifyNumeric && stringified.has(typeName);
}
