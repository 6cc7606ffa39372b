import { GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull } from 'graphql';
import { isGraphQLName } from '../source/graphql-name.ts';
import type { Relationship, TrackedTable } from '../source/types.ts';
import {
  type BuildContext,
  columnsIn,
  permissionsOf,
  relationshipsIn,
  selectOf,
  sortedFields,
} from './build-context.ts';
import { boolExpType } from './filter-types.ts';
import { meaning } from './meaning.ts';
import { columnInputs, type InputFields } from './mutation-types.ts';
import { columnEnum } from './order-types.ts';

/** `<table>_insert_input`. */
export function insertInputType(context: BuildContext, table: TrackedTable): GraphQLInputObjectType {
  const name = `${table.typeName}_insert_input`;
  return context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `input type for inserting data into table "${table.displayName}"`,
      fields: () =>
        sortedFields({
          ...columnInputs(
            context,
            columnsIn(table, permissionsOf(context, table).insert?.columns ?? new Set()),
          ),
          ...nestedInputs(context, table),
        }),
    });
  });
}

/**
 * Whether an object of the table can hold anything. A table whose columns are all generated has no field to
 * give, and GraphQL knows no input without fields, so such a table has no insert.
 */
export function hasInsertFields(context: BuildContext, table: TrackedTable): boolean {
  return hasInsertColumns(context, table) || Object.keys(nestedInputs(context, table)).length > 0;
}

function hasInsertColumns(context: BuildContext, table: TrackedTable): boolean {
  return columnsIn(table, permissionsOf(context, table).insert?.columns ?? new Set()).length > 0;
}

/** Relationships to tables that the role may insert into. */
function nestedInputs(context: BuildContext, table: TrackedTable): InputFields {
  const fields: InputFields = {};
  for (const relationship of relationshipsIn(table)) {
    const target = context.source.tables.get(relationship.target);
    const insert = target && permissionsOf(context, target).insert;
    if (!target || !insert || (insert.backendOnly && !context.backendOnly)) continue;
    if (!hasInsertColumns(context, target)) continue;
    fields[relationship.name] = {
      type: nestedInsertType(context, relationship, target),
      extensions: meaning({ kind: 'relationship', relationship, table: target }),
    };
  }
  return fields;
}

/** `<table>_obj_rel_insert_input` and `<table>_arr_rel_insert_input`: what is inserted, and what of conflicts. */
function nestedInsertType(
  context: BuildContext,
  { kind }: Relationship,
  target: TrackedTable,
): GraphQLInputObjectType {
  const name = `${target.typeName}_${kind === 'object' ? 'obj' : 'arr'}_rel_insert_input`;
  return context.input(name, () => {
    const row = insertInputType(context, target);
    const data = kind === 'object' ? row : new GraphQLList(new GraphQLNonNull(row));
    return new GraphQLInputObjectType({
      name,
      description: `input type for inserting ${kind} relation for remote table "${target.displayName}"`,
      fields: () => ({ data: { type: new GraphQLNonNull(data) }, ...onConflictField(context, target) }),
    });
  });
}

/**
 * `on_conflict`, where the table has keys. A role that may not update can have rows passed over that are there already:
 * it has no column to name.
 */
export function onConflictField(context: BuildContext, table: TrackedTable): InputFields {
  const { primaryKey, uniqueKeys, uniqueIndexes } = table.catalog;
  // A constraint whose name GraphQL cannot spell cannot be chosen.
  const keys = [...(primaryKey ? [primaryKey] : []), ...uniqueKeys, ...uniqueIndexes].filter(({ name }) =>
    isGraphQLName(name),
  );
  if (keys.length === 0) return {};
  const name = `${table.typeName}_on_conflict`;
  const type = context.input(name, () => {
    return new GraphQLInputObjectType({
      name,
      description: `on_conflict condition type for table "${table.displayName}"`,
      fields: () => ({
        constraint: { type: new GraphQLNonNull(constraintEnum(context, table, keys)) },
        update_columns: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(updateColumnEnum(context, table)))),
          defaultValue: [],
        },
        ...(selectOf(context, table) ? { where: { type: boolExpType(context, table) } } : {}),
      }),
    });
  });
  return { on_conflict: { type, description: 'upsert condition' } };
}

function constraintEnum(
  context: BuildContext,
  table: TrackedTable,
  keys: readonly { readonly name: string; readonly columns: readonly string[] }[],
): GraphQLEnumType {
  const name = `${table.typeName}_constraint`;
  return context.enum(name, () => {
    const values = Object.fromEntries(
      keys.map((key) => [
        key.name,
        {
          description: `unique or primary key constraint on columns ${key.columns.map((column) => `"${column}"`).join(', ')}`,
        },
      ]),
    );
    return new GraphQLEnumType({
      name,
      description: `unique or primary key constraints on table "${table.displayName}"`,
      values: sortedFields(values),
    });
  });
}

function updateColumnEnum(context: BuildContext, table: TrackedTable): GraphQLEnumType {
  const name = `${table.typeName}_update_column`;
  const description = `update columns of table "${table.displayName}"`;
  const { update } = permissionsOf(context, table);
  const mayUpdate = update && (!update.backendOnly || context.backendOnly);
  const columns = mayUpdate ? columnsIn(table, update.columns) : [];
  return (
    columnEnum(context, name, description, columns) ??
    context.enum(name, () => {
      return new GraphQLEnumType({
        name,
        description,
        values: { _PLACEHOLDER: { description: '(placeholder) do not use' } },
      });
    })
  );
}
