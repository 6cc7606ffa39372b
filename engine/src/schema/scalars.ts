import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLScalarType,
  GraphQLString,
} from 'graphql';
import type { CatalogType } from '../catalog/types.ts';

/** Postgres types that have a GraphQL scalar of their own; all others keep their Postgres name. */
const builtIn: Readonly<Record<string, GraphQLScalarType>> = {
  int4: GraphQLInt,
  bool: GraphQLBoolean,
  float4: GraphQLFloat,
  text: GraphQLString,
  varchar: GraphQLString,
};

/** Postgres' internal names to the names Hasura shows. */
const displayNames: Readonly<Record<string, string>> = { int2: 'smallint', int8: 'bigint' };

const byName = new Map<string, GraphQLScalarType>(
  [GraphQLInt, GraphQLFloat, GraphQLString, GraphQLBoolean, GraphQLID].map((type) => [type.name, type]),
);

const notAName = /[^_0-9A-Za-z]/g;

/** A Postgres name as GraphQL can spell it. */
export function graphqlNameOf(name: string): string {
  return name.replaceAll(notAName, '_');
}

/** A scalar by its GraphQL name; the same object every time, so that schemas can share it. */
export function scalarByName(name: string, description?: string | null): GraphQLScalarType {
  let scalar = byName.get(name);
  if (!scalar) {
    scalar = new GraphQLScalarType({ name, ...(description ? { description } : {}) });
    byName.set(name, scalar);
  }
  return scalar;
}

/** The scalar of an array by Postgres' own name for it, such as `_uuid`. */
export function arrayScalar(element: string): GraphQLScalarType {
  return scalarByName(graphqlNameOf(`_${element}`));
}

/** The scalar of a Postgres type, or of an array's elements. */
export function scalarOf(type: CatalogType): GraphQLScalarType {
  const name = type.element ?? type.name;
  // A table's row type would otherwise share its name with the table's object type.
  if (type.kind === 'composite') return scalarByName(`${graphqlNameOf(name)}_scalar`);
  return builtIn[name] ?? scalarByName(graphqlNameOf(displayNames[name] ?? name));
}

/** Types that `sum`, `avg` and `_inc` fit. */
const numericTypes = new Set(['int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'money']);

/** Whether `sum`, `avg` and their like take values of this type. */
export function isNumeric(type: CatalogType): boolean {
  return numericTypes.has(type.name);
}

const comparableTypes = new Set([
  ...numericTypes,
  'text',
  'varchar',
  'bpchar',
  'citext',
  'date',
  'timestamp',
  'timestamptz',
  'timetz',
  'uuid',
  'ltree',
  'lquery',
  'ltxtquery',
]);

/** Types that `min` and `max` fit: those that the reference knows by name, Postgres' enums, rows and arrays. */
export function isComparable(type: CatalogType): boolean {
  return (
    type.element !== null ||
    type.kind === 'enum' ||
    type.kind === 'composite' ||
    comparableTypes.has(type.name)
  );
}
