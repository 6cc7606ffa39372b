import { EngineError } from '../errors.ts';
import type { RootFieldNames, Source } from './types.ts';

const queryRoots = ['select', 'select_by_pk', 'select_aggregate'] as const;
const subscriptionRoots = [...queryRoots, 'select_stream'] as const;
// In the order in which the reference lists them.
const mutationRoots = ['insert', 'insert_one', 'update', 'delete', 'update_by_pk', 'delete_by_pk'] as const;

/** Refuses a source in which two things would answer under one root field: one would hide the other. */
export function checkRootNames(source: Source): void {
  const others = [...functionNames(source, 'mutation'), ...actionNames(source, 'mutation')];
  const mutations = [...tableNames(source, mutationRoots), ...others];
  // Those that the reference does not speak of are told only where they are all there is to tell.
  for (const names of [mutations, [...mutations, ...tableNames(source, ['update_many'])]]) {
    const inMutations = duplicates(names);
    if (inMutations.length > 0) throw duplicateError(' for mutation root', inMutations);
  }
  const inQueries = duplicates([
    ...tableNames(source, queryRoots),
    ...functionNames(source, 'query'),
    ...actionNames(source, 'query'),
  ]);
  if (inQueries.length > 0) throw duplicateError('', inQueries);
  const inSubscriptions = duplicates([
    ...tableNames(source, subscriptionRoots),
    ...functionNames(source, 'query'),
  ]);
  if (inSubscriptions.length > 0) throw duplicateError('', inSubscriptions);
}

/** Whether a custom type is called like a table, or like one with something after it, as generated types are. */
export function mayShareTypeName({ customTypes, tables }: Source): boolean {
  const { enums, input_objects: inputs, objects } = customTypes;
  const names = [...(enums ?? []), ...(inputs ?? []), ...(objects ?? [])].map(({ name }) => name);
  const typeNames = [...tables.values()].map(({ typeName }) => typeName);
  return names.some((name) => typeNames.some((table) => name === table || name.startsWith(`${table}_`)));
}

function tableNames(source: Source, roots: readonly (keyof RootFieldNames)[]): string[] {
  return [...source.tables.values()].flatMap((table) => roots.map((root) => table.rootFields[root].name));
}

function functionNames(source: Source, root: 'query' | 'mutation'): string[] {
  return source.functions
    .filter((fn) => fn.exposedAs === root)
    .flatMap((fn) => (fn.returnsSet && root === 'query' ? [fn.name, fn.aggregateName] : [fn.name]));
}

function actionNames(source: Source, root: 'query' | 'mutation'): string[] {
  return source.actions
    .filter(
      ({ definition: { type = 'mutation', kind } }) =>
        // An asynchronous action is started by a mutation and looked at by a query of the same name.
        type === root || (root === 'query' && kind === 'asynchronous'),
    )
    .map(({ name }) => name);
}

function duplicates(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.has(name) || !seen.add(name)))];
}

function duplicateError(where: string, names: readonly string[]): EngineError {
  const message = `found duplicate fields in selection set${where}: ${names.join(', ')}`;
  return new EngineError('unexpected', message, { path: '$.args', status: 500 });
}
