import { type CatalogType, textType } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { isJsonObject } from '../json/json-values.ts';
import type { TrackedTable } from '../source/types.ts';
import { encoderOf, encodeScalar, listEncoderOf } from './encode.ts';
import { type ComparisonOperator, columnOperators, operatorsOf } from './operators.ts';
import { sqlListTypeOf, sqlTypeOf } from './sql-type.ts';
import type { Operand, Parameter, Predicate, Subject } from './types.ts';

/** The tables a permission may lead to. */
export interface PredicateScope {
  readonly tables: ReadonlyMap<string, TrackedTable>;
  readonly root: TrackedTable;
}

/** Whether a value in metadata names a session variable. */
export function isSessionVariable(value: unknown): value is string {
  return typeof value === 'string' && /^x-hasura-/i.test(value);
}

/** The comparisons of one column, computed field or aggregate. */
export function readComparisons(
  subject: Subject,
  type: CatalogType,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  // `{ "id": "X-Hasura-User-Id" }` is short for `_eq`; a JSON column's object is still a set of operators.
  if (!isObject(value)) return comparison(subject, type, '_eq', value, table, scope, path);
  const parts = Object.entries(value).map(([key, operand]) => {
    const operator = key.startsWith('$') ? `_${key.slice(1)}` : key;
    return comparison(subject, type, operator, operand, table, scope, `${path}.${key}`);
  });
  return parts.length === 1 ? (parts[0] as Predicate) : { kind: 'and', of: parts };
}

function comparison(
  subject: Subject,
  type: CatalogType,
  operator: string,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Predicate {
  if (operator === '_is_null') {
    if (typeof value !== 'boolean') throw invalid('expecting a boolean value', path);
    return { kind: 'null', subject, isNull: value };
  }
  if (operator === '_cast') return readCast(subject, value, path);
  const columnTemplate = columnOperators[operator];
  if (columnTemplate !== undefined) {
    return {
      kind: 'compare',
      subject,
      castTo: null,
      template: columnTemplate,
      operand: columnOperand(subject, type, value, table, scope, path),
    };
  }
  const name = operator === '_ne' ? '_neq' : operator;
  const known = operatorsOf(type).find((candidate) => candidate.name === name);
  if (!known) throw new EngineError('unexpected-payload', `unknown operator: ${operator}`, { path });
  if (value === null) throw invalid('unexpected null value', path);
  return {
    kind: 'compare',
    subject,
    castTo: null,
    template: known.template,
    operand: constant(known, type, value, path),
  };
}

function readCast(subject: Subject, value: unknown, path: string): Predicate {
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
        subject,
        castTo: 'text',
        template: known.template,
        operand: constant(known, textType, operand, path),
      });
    }
  }
  return { kind: 'and', of: parts };
}

/**
 * `_ceq: other_column` compares within the row; `['$', column]` with the row of the permission's own table. Types
 * have to be the same, as the reference asks: Postgres may know no operator for others, and would say so to clients.
 */
function columnOperand(
  subject: Subject,
  type: CatalogType,
  value: unknown,
  table: TrackedTable,
  scope: PredicateScope,
  path: string,
): Operand {
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  const fromRoot = names.length === 2 && names[0] === '$';
  if (names.length === 0) throw new EngineError('unexpected', 'path cannot be empty', { path });
  if (names.length > 1 && !fromRoot) {
    throw new EngineError(
      'not-supported',
      'Relationship references are not supported in column comparison RHS',
      { path },
    );
  }
  if (subject.kind === 'aggregate' && !fromRoot) {
    throw invalid('an aggregate can only be compared with a column of the root table, ["$", column]', path);
  }
  const name = fromRoot ? names[1] : names[0];
  const column =
    typeof name === 'string' ? (fromRoot ? scope.root : table).columnByName.get(name) : undefined;
  if (!column) throw new EngineError('not-exists', `column "${String(name)}" does not exist`, { path });
  if (!isSameType(type, column.type)) {
    throw new EngineError(
      'unexpected-payload',
      `incompatible column types: "${nameOf(subject)}" has type "${type.name}", but "${column.name}" has type "${column.type.name}"`,
      { path },
    );
  }
  return { kind: 'column', scope: fromRoot ? 'root' : 'self', name: column.name };
}

function nameOf(subject: Subject): string {
  if (subject.kind === 'column') return subject.column.name;
  return subject.kind === 'computed' ? subject.call.name : subject.function;
}

function isSameType(left: CatalogType, right: CatalogType): boolean {
  return sqlTypeOf(left) === sqlTypeOf(right);
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

/** Whether JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value);
}

/** The refusal of an expression that cannot be read. */
export function invalid(message: string, path: string): EngineError {
  return new EngineError('parse-failed', message, { path });
}
