import { EngineError } from '../errors.ts';
import { encodeScalar } from '../predicate/encode.ts';
import { callOnRow, joinOver } from '../predicate/join.ts';
import { both, type JoinTarget, type Parameter, type ReadColumn } from '../predicate/types.ts';
import { isRawNumber } from '../request/exact-number.ts';
import type { InputValue } from '../request/input-value.ts';
import { inputMeaningOf, toReadColumn } from '../schema/meaning.ts';
import type { TrackedTable } from '../source/types.ts';
import { type Arguments, type PlanContext, readColumnOf, selectPermission, toParameter } from './context.ts';
import { asObject, planPredicate } from './plan-predicate.ts';
import type { OrderItem, OrderTarget, RangePlan } from './types.ts';

/** Reads `where, order_by, distinct_on, limit, offset` and adds the role's row filter and limit. */
export function planRange(
  context: PlanContext,
  table: TrackedTable,
  args: Arguments,
  path: string,
  limited: boolean,
): RangePlan {
  const select = selectPermission(context, table);
  const distinctOn = readColumns(args.get('distinct_on')).map((name) => readColumnOf(context, table, name));
  const orderBy = planOrderBy(context, args.get('order_by'));
  return {
    table: { schema: table.catalog.schema, name: table.catalog.name },
    where: both(select.filter, planPredicate(context, args.get('where'))),
    orderBy: withDistinctFirst(orderBy, distinctOn, path),
    distinctOn,
    limit: {
      asked: readCount(args.get('limit'), 'int4'),
      maximum: limited ? select.limit : null,
    },
    offset: readCount(args.get('offset'), 'int8'),
  };
}

/** A column list such as `distinct_on`. */
export function readColumns(input: InputValue | undefined): string[] {
  if (input === undefined || input.kind === 'null') return [];
  const items = input.kind === 'list' ? input.items : [input];
  return items.flatMap((item) => (item.kind === 'enum' ? [String(item.value)] : []));
}

/** `limit` and `offset`: numbers in the document become part of the text, which plans better. */
export function readCount(input: InputValue | undefined, sqlType: string): Parameter | number | null {
  if (input === undefined || input.kind !== 'scalar') return null;
  // One that JavaScript cannot hold is a parameter even where it stands in the document.
  const count = isRawNumber(input.value) ? null : Number(input.value);
  return input.variable === null && count !== null && Number.isSafeInteger(count)
    ? count
    : toParameter(input, encodeScalar, sqlType);
}

/** Postgres wants the `distinct_on` columns to lead the order. */
function withDistinctFirst(
  orderBy: readonly OrderItem[],
  distinctOn: readonly ReadColumn[],
  path: string,
): OrderItem[] {
  if (distinctOn.length === 0) return [...orderBy];
  const leading = orderBy
    .slice(0, distinctOn.length)
    .map((item) => (item.target.kind === 'column' ? item.target.column.name : null));
  const fits = leading.every((name) => name !== null && distinctOn.some((column) => column.name === name));
  if (!fits) {
    throw new EngineError(
      'validation-failed',
      '"distinct_on" columns must match initial "order_by" columns',
      { path: `${path}.args` },
    );
  }
  const missing = distinctOn.filter(({ name }) => !leading.includes(name));
  return [
    ...orderBy.slice(0, leading.length),
    ...missing.map(
      (column) => ({ target: { kind: 'column', column }, direction: 'ASC', nulls: 'LAST' }) as const,
    ),
    ...orderBy.slice(leading.length),
  ];
}

/** Reads `order_by`: a list of objects, each of which may hold several keys. */
export function planOrderBy(context: PlanContext, input: InputValue | undefined): OrderItem[] {
  if (input === undefined || input.kind === 'null') return [];
  const items = input.kind === 'list' ? input.items : [input];
  return items.flatMap((item) =>
    item.kind === 'null' ? [] : planOrderObject(context, item, (target) => target),
  );
}

function planOrderObject(
  context: PlanContext,
  input: InputValue,
  wrap: (target: OrderTarget) => OrderTarget,
): OrderItem[] {
  const items: OrderItem[] = [];
  for (const [name, { field, value }] of asObject(input).fields) {
    const meaning = inputMeaningOf(field);
    if (value.kind === 'null') continue;
    if (meaning?.kind === 'column')
      items.push({
        target: wrap({ kind: 'column', column: toReadColumn(meaning) }),
        ...readDirection(value),
      });
    else if (meaning?.kind === 'relationship') {
      const { relationship, table } = meaning;
      const where = selectPermission(context, table).filter;
      const from = joinOver(table, relationship.mapping);
      const deeper = (inner: OrderTarget): OrderTarget =>
        wrap({ kind: 'related', from, where, target: inner });
      items.push(...planOrderObject(context, value, deeper));
    } else if (meaning?.kind === 'aggregate') {
      const from = joinOver(meaning.table, meaning.relationship.mapping);
      items.push(...planAggregateOrder(context, from, meaning.table, value, wrap));
    } else if (meaning?.kind === 'computed_field') {
      const call = callOnRow(meaning.field.signature);
      if (meaning.table === null)
        items.push({
          target: wrap({ kind: 'computed', call, visibleWhen: meaning.visibleWhen }),
          ...readDirection(value),
        });
      else {
        const from = joinOver(meaning.table, [], call);
        items.push(...planAggregateOrder(context, from, meaning.table, value, wrap));
      }
    } else throw new EngineError('unexpected', `cannot order by "${name}"`, { path: input.at });
  }
  return items;
}

function planAggregateOrder(
  context: PlanContext,
  from: JoinTarget,
  table: TrackedTable,
  input: InputValue,
  wrap: (target: OrderTarget) => OrderTarget,
): OrderItem[] {
  const where = selectPermission(context, table).filter;
  const by = (name: string, columns: readonly ReadColumn[], direction: InputValue): OrderItem => {
    const aggregate = { kind: 'aggregate', function: name, columns, distinct: false } as const;
    return { target: wrap({ kind: 'aggregate', from, where, aggregate }), ...readDirection(direction) };
  };
  const items: OrderItem[] = [];
  for (const [name, { value }] of asObject(input).fields) {
    if (value.kind === 'null') continue;
    if (name === 'count') {
      items.push(by('count', [], value));
      continue;
    }
    for (const { field, value: direction } of asObject(value).fields.values()) {
      const meaning = inputMeaningOf(field);
      if (meaning?.kind !== 'column' || direction.kind === 'null') continue;
      items.push(by(name, [toReadColumn(meaning)], direction));
    }
  }
  return items;
}

/** Hasura's defaults: nulls last going up, first going down. */
function readDirection(value: InputValue): Pick<OrderItem, 'direction' | 'nulls'> {
  const name = value.kind === 'enum' ? String(value.value) : 'asc';
  const direction = name.startsWith('asc') ? 'ASC' : 'DESC';
  if (name.endsWith('_first')) return { direction, nulls: 'FIRST' };
  if (name.endsWith('_last')) return { direction, nulls: 'LAST' };
  return { direction, nulls: direction === 'ASC' ? 'LAST' : 'FIRST' };
}
