import {
  type Catalog,
  type CatalogFunction,
  type CatalogTable,
  type CatalogType,
  catalogKey,
} from '../catalog/types.ts';
import type { ComputedFieldMetadata, FunctionMetadata, QualifiedName } from '../metadata/types.ts';
import { because } from './because.ts';
import { describe } from './describe.ts';
import { customName, type NamePart, type Naming, rootFieldNameOf, wordsOf } from './naming.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import type { ComputedField, FunctionParameter, FunctionSignature, TrackedFunction } from './types.ts';

/** Finds the one function of a name; a reason otherwise. */
function findFunction(catalog: Catalog, name: QualifiedName): CatalogFunction | string {
  const { schema, name: bare } = readQualifiedName(name);
  const display = displayNameOf(schema, bare);
  const overloads = catalog.functions.get(keyOf(name)) ?? [];
  if (overloads.length > 1)
    return `function "${display}" is overloaded. Overloaded functions are not supported`;
  return overloads[0] ?? `no such function exists in postgres : "${display}"`;
}

/** The table whose rows a function returns, if it does. */
function returnedTable(catalog: Catalog, fn: CatalogFunction): CatalogTable | undefined {
  return fn.returnType.kind === 'composite'
    ? catalog.tables.get(catalogKey(fn.returnType.schema, fn.returnType.name))
    : undefined;
}

function isJson(type: CatalogType): boolean {
  return type.name === 'json' && type.schema === 'pg_catalog';
}

interface Roles {
  readonly session?: string | null | undefined;
  /** Position of the argument that takes the row. */
  readonly row?: number;
}

function buildSignature(fn: CatalogFunction, roles: Roles): FunctionSignature {
  let unnamed = 0;
  const parameters = fn.args.map((argument, index): FunctionParameter => {
    const sqlName = argument.name;
    if (index === roles.row) return { kind: 'row', sqlName };
    if (sqlName !== null && sqlName === roles.session)
      return { kind: 'session', sqlName, type: argument.type };
    if (sqlName === null) unnamed += 1;
    return {
      kind: 'input',
      name: sqlName ?? `arg_${unnamed}`,
      sqlName,
      type: argument.type,
      hasDefault: argument.hasDefault,
    };
  });
  const typeName = fn.schema === 'public' ? fn.name : `${fn.schema}_${fn.name}`;
  return {
    schema: fn.schema,
    name: fn.name,
    typeName,
    displayName: displayNameOf(fn.schema, fn.name),
    parameters,
  };
}

/** Everything that keeps a function from being a root field. */
function functionProblems(
  fn: CatalogFunction,
  table: CatalogTable | undefined,
  configuration: FunctionMetadata['configuration'],
): string[] {
  const problems: string[] = [];
  if (!configuration?.custom_name && !graphqlName.test(fn.name))
    problems.push('function name is not a legal GraphQL identifier');
  if (fn.isAggregateOrWindow || fn.isVariadic)
    problems.push('function with "VARIADIC" parameters are not supported');
  if (fn.returnType.kind !== 'composite') problems.push('the function does not return a "COMPOSITE" type');
  if (!table) problems.push('the function does not return a table');
  if (configuration?.exposed_as === 'mutation' && fn.volatility !== 'volatile') {
    problems.push(
      'the function was requested to be exposed as a mutation, but is not marked VOLATILE. ' +
        'Maybe the function was given the wrong volatility when it was defined?',
    );
  }
  const names = fn.args.flatMap(({ name }) => (name === null || graphqlName.test(name) ? [] : [name]));
  if (names.length > 0)
    problems.push(`the function arguments ${names.join(',')} are not in compliance with GraphQL spec`);
  const session = configuration?.session_argument;
  const argument = fn.args.find(({ name }) => name === session);
  if (session && !argument)
    problems.push(`given session argument "${session}" not the input argument of the function`);
  if (session && argument && !isJson(argument.type))
    problems.push(`given session argument "${session}" is not of type json`);
  return problems;
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Resolves a tracked function; a reason when it cannot be served. */
export function buildFunction(
  metadata: FunctionMetadata,
  catalog: Catalog,
  tracked: ReadonlySet<string>,
  naming: Naming,
): TrackedFunction | string {
  const { schema: ownSchema, name: ownName } = readQualifiedName(metadata.function);
  const own = displayNameOf(ownSchema, ownName);
  const fn = findFunction(catalog, metadata.function);
  if (typeof fn === 'string') return `in function "${own}": ${fn}`;
  const { configuration } = metadata;
  const table = returnedTable(catalog, fn);
  const problems = functionProblems(fn, table, configuration);
  if (!table || problems.length > 0)
    return `in function "${own}": the function "${own}" cannot be tracked${because(problems)}`;
  const target = catalogKey(table.schema, table.name);
  if (!tracked.has(target)) return `table "${displayNameOf(table.schema, table.name)}" is not tracked`;
  const signature = buildSignature(fn, { session: configuration?.session_argument });
  const words = configuration?.custom_name
    ? customName(configuration.custom_name)
    : wordsOf(signature.typeName);
  const root = (custom: string | null | undefined, standard: readonly NamePart[]): string =>
    rootFieldNameOf(naming, custom ? customName(custom) : standard);
  return {
    name: root(configuration?.custom_root_fields?.function, words),
    aggregateName: root(configuration?.custom_root_fields?.function_aggregate, [
      ...words,
      ...wordsOf('aggregate'),
    ]),
    comment: metadata.comment ?? fn.comment,
    exposedAs: configuration?.exposed_as ?? (fn.volatility === 'volatile' ? 'mutation' : 'query'),
    signature,
    target,
    returnsSet: fn.returnsSet,
    roles: new Set((metadata.permissions ?? []).map(({ role }) => role)),
  };
}

/** Resolves a computed field of a table; a reason when it cannot be served. */
export function buildComputedField(
  metadata: ComputedFieldMetadata,
  table: CatalogTable,
  catalog: Catalog,
): ComputedField | string {
  const { definition } = metadata;
  const fn = findFunction(catalog, definition.function);
  if (typeof fn === 'string') return fn;
  const row = definition.table_argument
    ? fn.args.findIndex((argument) => argument.name === definition.table_argument)
    : 0;
  const problems = computedFieldProblems(metadata, fn, fn.args[row], table, catalog);
  if (problems.length > 0) {
    const display = displayNameOf(table.schema, table.name);
    return `the computed field "${metadata.name}" cannot be added to table "${display}"${because(problems)}`;
  }
  const signature = buildSignature(fn, { session: definition.session_argument, row });
  const standard = fn.comment ?? `A computed field, executes function "${displayNameOf(fn.schema, fn.name)}"`;
  const base = { name: metadata.name, description: describe(metadata.comment, standard), signature };
  const returned = returnedTable(catalog, fn);
  if (returned && fn.returnsSet)
    return { ...base, result: { kind: 'table', target: catalogKey(returned.schema, returned.name) } };
  return { ...base, result: { kind: 'scalar', type: fn.returnType } };
}

/** Everything that keeps a function from being a field of the table's rows. */
function computedFieldProblems(
  { name, definition }: ComputedFieldMetadata,
  fn: CatalogFunction,
  row: CatalogFunction['args'][number] | undefined,
  table: CatalogTable,
  catalog: Catalog,
): string[] {
  const display = displayNameOf(fn.schema, fn.name);
  const { table_argument: rowName, session_argument: session } = definition;
  const problems: string[] = [];
  if (!graphqlName.test(name)) problems.push(`"${name}" is not valid GraphQL name`);
  if (fn.volatility === 'volatile')
    problems.push(`the function "${display}" is of type VOLATILE; cannot be added as a computed field`);
  const returned = returnedTable(catalog, fn);
  const { kind, schema, name: type } = fn.returnType;
  if (fn.returnsSet && !returned) {
    const named = kind === 'composite' ? displayNameOf(schema, type) : type;
    problems.push(
      `the function "${display}" returning set of table "${named}" is not tracked or not found in database`,
    );
  } else if (!fn.returnsSet && (kind === 'composite' || kind === 'pseudo')) {
    problems.push(`the function "${display}" returning type "${type}" is not a BASE type`);
  }
  const which = rowName ? `"${rowName}" argument` : 'first argument';
  if (rowName && row === undefined)
    problems.push(`"${rowName}" is not an input argument of the function "${display}"`);
  else if (row === undefined) problems.push(`the function "${display}" has no input arguments`);
  else if (row.type.kind !== 'composite')
    problems.push(`${which} of the function "${display}" is not COMPOSITE type`);
  else if (row.type.name !== table.name || row.type.schema !== table.schema) {
    const rowType = displayNameOf(row.type.schema, row.type.name);
    problems.push(
      `${which} of the function "${display}" of type "${rowType}" is not the table to which the computed field is being added`,
    );
  }
  const argument = fn.args.find((candidate) => candidate.name === session);
  if (session && !argument)
    problems.push(`"${session}" is not an input argument of the function "${display}"`);
  if (session && argument && !isJson(argument.type))
    problems.push(`"${session}" argument of the function "${display}" is not of type JSON`);
  return problems;
}
