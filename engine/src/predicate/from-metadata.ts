import { type CatalogType, textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import type { BoolExp, QualifiedName } from '../metadata/types.ts';
import { displayNameOf, keyOf, readQualifiedName } from '../source/qualified-name.ts';
import type { TrackedTable } from '../source/types.ts';
import { encoderOf, encodeScalar, listEncoderOf } from './encode.ts';
import { type ComparisonOperator, columnOperators, operatorsOf } from './operators.ts';
import { sqlListTypeOf, sqlTypeOf } from './sql-type.ts';
import { bareColumn, type Operand, type Parameter, type Predicate } from './types.ts';

/** The tables a permission may lead to. */
export interface PredicateScope {
  readonly tables: ReadonlyMap<string, TrackedTable>;
  readonly root: TrackedTable;
}

/** Whether a value in metadata names a session variable. */
export function isSessionVariable(value: unknown): value is string {
  return typeof value === 'string' && /^x-hasura-/i.test(value);
}

/** Reads a permission's filter or check. Throws an EngineError with the path of what does not fit. */
export function readPermissionFilter(
  filter: BoolExp,
  table: TrackedTable,
  tables: PredicateScope['tables'],
): Predicate {
  return readBoolExp(filter, table, { tables, root: table }, '$');
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
  if (column) return readColumn(column.name, column.type, value, table, scope, path);
  const relationship = table.relationships.find((candidate) => candidate.name === key);
  if (relationship) {
    const target = scope.tables.get(relationship.target);
    if (!target) throw invalid(`the table of relationship "${key}" is not tracked`, path);
    return {
      kind: 'related',
      target: { schema: target.catalog.schema, name: target.catalog.name, mapping: relationship.mapping },
      where: readBoolExp(value, target, scope, path),
    };
  }
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

function readColumn(
  column: string,
  type: CatalogType,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  // `{ "id": "X-Hasura-User-Id" }` is short for `_eq`; a JSON column's object is still a set of operators.
  if (!isObject(value)) return comparison(column, type, '_eq', value, table, scope, path);
  const parts = Object.entries(value).map(([key, operand]) => {
    const operator = key.startsWith('$') ? `_${key.slice(1)}` : key;
    return comparison(column, type, operator, operand, table, scope, `${path}.${key}`);
  });
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function comparison(
  column: string,
  type: CatalogType,
  operator: string,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  if (operator === '_is_null') {
    if (typeof value !== 'boolean') throw invalid('expecting a boolean value', path);
    return { kind: 'null', column: bareColumn(column), isNull: value };
  }
  if (operator === '_cast') return readCast(column, value, path);
  const columnTemplate = columnOperators[operator];
  if (columnTemplate !== undefined) {
    return {
      kind: 'compare',
      column: bareColumn(column),
      castTo: null,
      template: columnTemplate,
      operand: columnOperand(value, table, scope, path),
    };
  }
  const name = operator === '_ne' ? '_neq' : operator;
  const known = operatorsOf(type).find((candidate) => candidate.name === name);
  if (!known) throw new EngineError('unexpected-payload', `unknown operator: ${operator}`, { path });
  if (value === null) throw invalid('unexpected null value', path);
  return {
    kind: 'compare',
    column: bareColumn(column),
    castTo: null,
    template: known.template,
    operand: constant(known, type, value, path),
  };
}

function readCast(column: string, value: unknown, path: string): Predicate {
  if (!isObject(value)) throw invalid('expecting an object', path);
  const parts: Predicate[] = [];
  for (const [target, operators] of Object.entries(value)) {
    if (target !== 'text' && target !== 'String') throw invalid(`cannot cast to "${target}"`, path);
    if (!isObject(operators)) throw invalid('expecting an object', `${path}.${target}`);
    for (const [key, operand] of Object.entries(operators)) {
      const known = operatorsOf(textType).find((candidate) => candidate.name === key.replace(/^\$/, '_'));
      if (!known) throw new EngineError('unexpected-payload', `unknown operator: ${key}`, { path });
      parts.push({
        kind: 'compare',
        column: bareColumn(column),
        castTo: 'text',
        template: known.template,
        operand: constant(known, textType, operand, path),
      });
    }
  }
  return { kind: 'and', of: parts };
}

/** `_ceq: other_column` compares within the row; `['$', column]` with the row the filter started from. */
function columnOperand(value: unknown, table: TrackedTable, scope: PredicateScope, path: string): Operand {
  const fromRoot = Array.isArray(value) && value[0] === '$';
  const name = Array.isArray(value) ? value[value.length - 1] : value;
  const owner = fromRoot ? scope.root : table;
  if (typeof name !== 'string' || !owner.columnByName.has(name)) {
    throw new EngineError('not-exists', `column "${String(name)}" does not exist`, { path });
  }
  return { kind: 'column', scope: fromRoot ? 'root' : 'self', name };
}

function constant(operator: ComparisonOperator, type: CatalogType, value: unknown, path: string): Parameter {
  const shape = operator.operand;
  const sqlType =
    shape === 'same'
      ? sqlTypeOf(type)
      : shape === 'list'
        ? sqlListTypeOf(type)
        : shape === 'text'
          ? '"text"'
          : shape === 'text-list'
            ? '"text"[]'
            : shape === 'jsonb'
              ? '"jsonb"'
              : 'type' in shape
                ? shape.type
                : `${shape.listOf}[]`;
  if (isSessionVariable(value))
    return { kind: 'parameter', source: { kind: 'session', name: value.toLowerCase() }, sqlType };
  const isList = sqlType.endsWith('[]') && shape !== 'same';
  if (isList && Array.isArray(value) && value.some(isSessionVariable)) {
    const encode = encoderOf(type);
    const items = value.map((item) =>
      isSessionVariable(item)
        ? ({ kind: 'session', name: item.toLowerCase() } as const)
        : ({ kind: 'literal', text: encode(item) } as const),
    );
    return { kind: 'parameter', source: { kind: 'list', items }, sqlType };
  }
  if (isList && !Array.isArray(value)) throw invalid('expecting an array', path);
  const encode = isList ? listEncoderOf(type) : shape === 'text' ? encodeScalar : encoderOf(type);
  return { kind: 'parameter', source: { kind: 'literal', text: encode(value) }, sqlType };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string, path: string): EngineError {
  return new EngineError('parse-failed', message, { path });
}
