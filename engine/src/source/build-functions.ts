import {
  type Catalog,
  type CatalogFunction,
  type CatalogTable,
  type CatalogType,
  catalogKey,
} from '../catalog/types.ts';
import type { ComputedFieldMetadata, FunctionMetadata, QualifiedName } from '../metadata/types.ts';
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
  return type.name === 'json' || type.name === 'jsonb';
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

/** Why a session argument cannot be what it is said to be. */
function checkSession(fn: CatalogFunction, session: string | null | undefined): string | undefined {
  if (session === undefined || session === null) return undefined;
  const argument = fn.args.find((candidate) => candidate.name === session);
  if (!argument) return `argument with name "${session}" does not exist`;
  return isJson(argument.type) ? undefined : `argument with name "${session}" is not of type "json"`;
}

/** Resolves a tracked function; a reason when it cannot be served. */
export function buildFunction(
  metadata: FunctionMetadata,
  catalog: Catalog,
  tracked: ReadonlySet<string>,
  naming: Naming,
): TrackedFunction | string {
  const fn = findFunction(catalog, metadata.function);
  if (typeof fn === 'string') return fn;
  const display = displayNameOf(fn.schema, fn.name);
  if (fn.isAggregateOrWindow || fn.isVariadic)
    return `function "${display}" with "VARIADIC" parameters is not supported`;
  const table = returnedTable(catalog, fn);
  if (!table) return 'the function does not return a "COMPOSITE" type';
  const target = catalogKey(table.schema, table.name);
  if (!tracked.has(target)) return `table "${displayNameOf(table.schema, table.name)}" is not tracked`;
  const { configuration } = metadata;
  const sessionProblem = checkSession(fn, configuration?.session_argument);
  if (sessionProblem !== undefined) return sessionProblem;
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
  const display = displayNameOf(fn.schema, fn.name);
  if (fn.volatility === 'volatile')
    return `the function "${display}" is of type VOLATILE; cannot be added as a computed field`;
  const row = definition.table_argument
    ? fn.args.findIndex((argument) => argument.name === definition.table_argument)
    : 0;
  const rowType = fn.args[row]?.type;
  if (rowType?.kind !== 'composite' || rowType.name !== table.name || rowType.schema !== table.schema) {
    return `the function "${display}" does not take a row of "${displayNameOf(table.schema, table.name)}" as its table argument`;
  }
  const sessionProblem = checkSession(fn, definition.session_argument);
  if (sessionProblem !== undefined) return sessionProblem;
  const signature = buildSignature(fn, { session: definition.session_argument, row });
  const standard = fn.comment ?? `A computed field, executes function "${display}"`;
  const base = { name: metadata.name, description: describe(metadata.comment, standard), signature };
  const returned = returnedTable(catalog, fn);
  if (returned && fn.returnsSet)
    return { ...base, result: { kind: 'table', target: catalogKey(returned.schema, returned.name) } };
  if (fn.returnsSet || fn.returnType.kind === 'composite' || fn.returnType.kind === 'pseudo') {
    return `the function "${display}" returning type "${fn.returnType.name}" is neither a BASE type nor a set of a tracked table`;
  }
  return { ...base, result: { kind: 'scalar', type: fn.returnType } };
}
