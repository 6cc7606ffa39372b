import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLNamedType, GraphQLObjectType } from 'graphql';
import { EngineError } from '../errors.ts';
import type { Experiment } from '../schema-settings.ts';
import { isGraphQLName } from '../source/graphql-name.ts';
import { lineageOf } from '../source/inherited-roles.ts';
import type { ResolvedPermissions, ResolvedSelect, RolePermissions } from '../source/resolved-permissions.ts';
import type { Column, Relationship, Source, TrackedTable } from '../source/types.ts';
import { type ColumnMeaning, meaning } from './meaning.ts';

/** What the type builders of one role share. Types are made on first mention and kept by name. */
export interface BuildContext {
  readonly role: string;
  /** The role with all that it inherits from. */
  readonly lineage: ReadonlySet<string>;
  readonly source: Source;
  readonly permissions: RolePermissions;
  /** Whether the session may use permissions that are for backends only. */
  readonly backendOnly: boolean;
  readonly experiments: ReadonlySet<Experiment>;
  object(name: string, build: () => GraphQLObjectType): GraphQLObjectType;
  input(name: string, build: () => GraphQLInputObjectType): GraphQLInputObjectType;
  enum(name: string, build: () => GraphQLEnumType): GraphQLEnumType;
  /** A type of the metadata's own, which may not have the name of a generated one. */
  custom<T extends GraphQLNamedType>(name: string, build: () => T): T;
}

/** What building one role's schema shares: its permissions, and each type made once. */
export function createBuildContext(
  role: string,
  source: Source,
  permissions: RolePermissions,
  backendOnly: boolean,
  experiments: ReadonlySet<Experiment> = new Set(),
): BuildContext {
  const generated = new Map<string, GraphQLNamedType>();
  const customs = new Map<string, GraphQLNamedType>();
  const onceIn =
    (types: Map<string, GraphQLNamedType>, others: ReadonlyMap<string, unknown>) =>
    <T extends GraphQLNamedType>(name: string, build: () => T): T => {
      if (others.has(name)) {
        throw new EngineError('unexpected', `Found conflicting definitions for "${name}".`, {
          path: '$.args',
          status: 500,
        });
      }
      let type = types.get(name) as T | undefined;
      if (!type) {
        type = build();
        types.set(name, type);
      }
      return type;
    };
  const once = onceIn(generated, customs);
  const custom = onceIn(customs, generated);
  const lineage = lineageOf(source.inheritedRoles, role);
  return {
    role,
    lineage,
    source,
    permissions,
    backendOnly,
    experiments,
    object: once,
    input: once,
    enum: once,
    custom,
  };
}

/** What the role may select of a table, or undefined when nothing. */
export function selectOf(context: BuildContext, table: TrackedTable): ResolvedSelect | undefined {
  return context.permissions.get(table.key)?.select;
}

/** What the role may do with a table; nothing unless told. */
export function permissionsOf(context: BuildContext, table: TrackedTable): ResolvedPermissions {
  return context.permissions.get(table.key) ?? {};
}

/** The table's columns that are in the set. */
export function columnsIn(table: TrackedTable, names: { has(name: string): boolean }): Column[] {
  return table.columns.filter((column) => names.has(column.name));
}

/** The table's relationships that GraphQL can spell; others serve permissions alone, as in the reference. */
export function relationshipsIn(table: TrackedTable): Relationship[] {
  return table.relationships.filter(({ name }) => isGraphQLName(name));
}

/** The columns that the role may read. */
export function readableColumns(context: BuildContext, table: TrackedTable): Column[] {
  return columnsIn(table, selectOf(context, table)?.columns ?? new Map());
}

/** A column that is read, by a selection as well as by a filter or an order. */
export function readMeaning(
  context: BuildContext,
  table: TrackedTable,
  column: Column,
): { engine: ColumnMeaning } {
  const visibleWhen = selectOf(context, table)?.columns.get(column.name) ?? null;
  return meaning({ kind: 'column', column, visibleWhen });
}

/** A column that is given a value. */
export function writeMeaning(column: Column): { engine: ColumnMeaning } {
  return meaning({ kind: 'column', column, visibleWhen: null });
}

/** An object with its keys in order, as introspection and SDL list them. */
export function sortedFields<T>(fields: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0)),
  );
}
