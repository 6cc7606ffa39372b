import { GraphQLList, GraphQLNonNull } from 'graphql';
import type { TrackedFunction } from '../source/types.ts';
import { type BuildContext, selectOf } from './build-context.ts';
import { functionArguments } from './function-types.ts';
import { meaning } from './meaning.ts';
import { rowType, selectArguments, tableAggregateType } from './object-types.ts';
import type { RootFields } from './query-roots.ts';

/** How functions become visible (`HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS`). */
export interface FunctionVisibility {
  /** True: whoever may select from the returned table may call a query function. */
  readonly inferPermissions: boolean;
}

function mayCall(context: BuildContext, fn: TrackedFunction, visibility: FunctionVisibility): boolean {
  if (context.role === 'admin') return true;
  for (const role of context.lineage) if (fn.roles.has(role)) return true;
  return fn.exposedAs === 'query' && visibility.inferPermissions;
}

/** The root fields of tracked functions in `query_root` (and `subscription_root`) or `mutation_root`. */
export function functionRootFields(
  context: BuildContext,
  root: 'query' | 'mutation',
  visibility: FunctionVisibility,
): RootFields {
  const fields: RootFields = {};
  for (const fn of context.source.functions) {
    const table = context.source.tables.get(fn.target);
    const select = table && selectOf(context, table);
    if (!table || !select || fn.exposedAs !== root || !mayCall(context, fn, visibility)) continue;
    const row = rowType(context, table);
    const { typeName, displayName } = fn.signature;
    const args = {
      ...functionArguments(
        context,
        fn.signature,
        `${typeName}_args`,
        `input parameters for function "${displayName}"`,
      ),
      ...selectArguments(context, table),
    };
    fields[fn.name] = {
      type: fn.returnsSet ? new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(row))) : row,
      args,
      description: fn.comment ?? `execute function "${displayName}" which returns "${table.displayName}"`,
      extensions: meaning({ kind: 'function', function: fn, table, answers: fn.returnsSet ? 'rows' : 'row' }),
    };
    // A function that writes is called for its rows alone, as in the reference.
    if (!select.allowAggregations || !fn.returnsSet || root === 'mutation') continue;
    fields[fn.aggregateName] = {
      type: new GraphQLNonNull(tableAggregateType(context, table)),
      args,
      description: `execute function "${displayName}" and query aggregates on result of table type "${table.displayName}"`,
      extensions: meaning({ kind: 'function', function: fn, table, answers: 'aggregate' }),
    };
  }
  return fields;
}
