import { EngineError } from '../errors.ts';
import type { BoolExp, QualifiedName } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import type { ComputedField, Relationship, TrackedTable } from '../source/types.ts';
import { type AggregatePredicate, aggregatePredicates } from './aggregate-predicates.ts';
import { invalid, isObject, type PredicateScope, readComparisons } from './compare-from-metadata.ts';
import { callOnRow, joinOver, takesNoInput } from './join.ts';
import { bareColumn, columnSubject, type Predicate, rooted, type Subject } from './types.ts';

/**
 * Reads a permission's filter or check; `$` in it names the row of `table`, wherever the permission is applied.
 * Throws an EngineError with the path of what does not fit.
 */
export function readPermissionFilter(
  filter: BoolExp,
  table: TrackedTable,
  tables: PredicateScope['tables'],
): Predicate {
  return rooted(readBoolExp(filter, table, { tables, root: table }, '$'));
}

function readBoolExp(
  expression: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  if (!isObject(expression)) throw invalid('expecting an object', path);
  const parts = Object.entries(expression).map(([key, value]) =>
    readEntry(key, value, table, scope, `${path}.${key}`),
  );
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function readEntry(
  key: string,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  const operator = key.startsWith('$') ? `_${key.slice(1)}` : key;
  switch (operator) {
    case '_and':
      return { kind: 'and', of: readList(value, table, scope, path) };
    case '_or':
      return { kind: 'or', of: readList(value, table, scope, path) };
    case '_not':
      return { kind: 'not', of: readBoolExp(value, table, scope, path) };
    case '_exists':
      return readExists(value, scope, path);
  }
  const column = table.columns.find((candidate) => candidate.name === key);
  if (column)
    return readComparisons(columnSubject(bareColumn(column.name)), column.type, value, table, scope, path);
  const relationship = table.relationships.find((candidate) => candidate.name === key);
  if (relationship) {
    const target = findTable(scope, relationship.target, `relationship "${key}"`, path);
    return {
      kind: 'related',
      target: joinOver(target, relationship.mapping),
      where: readBoolExp(value, target, scope, path),
    };
  }
  const computed = table.computedFields.find((candidate) => candidate.name === key);
  if (computed) return readComputedField(computed, value, table, scope, path);
  const aggregated = table.relationships.find(
    ({ kind, name }) => kind === 'array' && `${name}_aggregate` === key,
  );
  if (aggregated) return readAggregated(aggregated, value, scope, path);
  throw new EngineError('not-exists', `"${key}" does not exist`, { path });
}

function readList(value: unknown, table: TrackedTable, scope: PredicateScope, path: string): Predicate[] {
  const items = Array.isArray(value) ? value : [value];
  return items.map((item, index) => readBoolExp(item, table, scope, `${path}[${index}]`));
}

function readExists(value: unknown, scope: PredicateScope, path: string): Predicate {
  if (!isObject(value) || value._table === undefined) throw invalid('expecting _table and _where', path);
  const name = value._table as QualifiedName;
  const target = scope.tables.get(keyOf(name));
  if (!target) {
    const full = readQualifiedName(name);
    throw new EngineError(
      'not-exists',
      `table "${displayNameOf(full.schema, full.name)}" does not exist in source: default`,
      { path },
    );
  }
  return {
    kind: 'exists',
    schema: target.catalog.schema,
    name: target.catalog.name,
    where: readBoolExp(value._where ?? {}, target, scope, `${path}._where`),
  };
}

function readComputedField(
  field: ComputedField,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  if (!takesNoInput(field)) {
    throw invalid(`computed field "${field.name}" takes arguments and so cannot be filtered by`, path);
  }
  const call = callOnRow(field.signature);
  if (field.result.kind === 'scalar')
    return readComparisons(
      { kind: 'computed', call, visibleWhen: null },
      field.result.type,
      value,
      table,
      scope,
      path,
    );
  const target = findTable(scope, field.result.target, `computed field "${field.name}"`, path);
  return {
    kind: 'related',
    target: joinOver(target, [], call),
    where: readBoolExp(value, target, scope, path),
  };
}

/** `articles_aggregate: {count: {predicate: {_gt: 5}, arguments: [id], distinct: true, filter: {…}}}` */
function readAggregated(
  relationship: Relationship,
  value: unknown,
  scope: PredicateScope,
  path: string,
): Predicate {
  const target = findTable(scope, relationship.target, `relationship "${relationship.name}"`, path);
  if (!isObject(value)) throw invalid('expecting an object', path);
  const of = Object.entries(value).map(([name, given]): Predicate => {
    const at = `${path}.${name}`;
    const operator = aggregatePredicates.find((candidate) => candidate.name === name);
    if (!operator) throw new EngineError('unexpected-payload', `unknown aggregate: ${name}`, { path: at });
    if (!isObject(given) || given.predicate === undefined) throw invalid('expecting a predicate', at);
    const subject: Subject = {
      kind: 'aggregate',
      function: operator.name,
      columns: readAggregateColumns(operator, given.arguments, target, `${at}.arguments`).map(bareColumn),
      distinct: given.distinct === true,
    };
    return {
      kind: 'aggregated',
      target: joinOver(target, relationship.mapping),
      where: readBoolExp(given.filter ?? {}, target, scope, `${at}.filter`),
      test: readComparisons(subject, operator.result, given.predicate, target, scope, `${at}.predicate`),
    };
  });
  return of.length === 1 ? (of[0] as Predicate) : { kind: 'and', of };
}

const columnCounts = { 'one column': 1, 'two columns': 2 } as const;

function readAggregateColumns(
  operator: AggregatePredicate,
  value: unknown,
  table: TrackedTable,
  path: string,
): string[] {
  const names = isObject(value)
    ? [value.X, value.Y]
    : value === undefined || value === '*'
      ? []
      : [value].flat();
  const columns = names.map((name) => {
    const column = typeof name === 'string' ? table.columnByName.get(name) : undefined;
    if (!column) throw new EngineError('not-exists', `column "${String(name)}" does not exist`, { path });
    if (!operator.takes(column.type))
      throw invalid(`${operator.name} does not take column "${column.name}"`, path);
    return column.name;
  });
  if (operator.arguments !== 'any columns' && columns.length !== columnCounts[operator.arguments]) {
    throw invalid(`${operator.name} takes ${operator.arguments}`, path);
  }
  return columns;
}

function findTable(scope: PredicateScope, key: string, what: string, path: string): TrackedTable {
  const table = scope.tables.get(key);
  if (!table) throw invalid(`the table of ${what} is not tracked`, path);
  return table;
}
