import { EngineError } from '../errors.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import { both, type Parameter, type Predicate } from '../predicate/types.ts';
import type { InputValue, ObjectInput } from '../request/input-value.ts';
import { inputMeaningOf } from '../schema/meaning.ts';
import type { Relationship, TrackedTable } from '../source/types.ts';
import { columnParameter, listItems, requireValue, tableName } from './column-parameter.ts';
import { type PlanContext, permissionsFor, readArguments, type TypedField } from './context.ts';
import { responseOutput, rowOutput } from './mutation-output.ts';
import { planOnConflict } from './plan-on-conflict.ts';
import { asObject } from './plan-predicate.ts';
import type { ColumnValue, InsertLevel, InsertPlan, InsertRow, InsertStep, OnConflictPlan } from './types.ts';

/**
 * `insert_<table>` and `insert_<table>_one`, with what is nested in them.
 *
 * Rows of one table that hang on their parents by one relationship make a level. Levels that the parents
 * take columns from come before them, the others after them, each under the role's own permission.
 */
export function planInsert(
  context: PlanContext,
  table: TrackedTable,
  field: TypedField,
  single: boolean,
): InsertPlan {
  const args = readArguments(context, field.definition, field.node, field.path);
  const name = single ? 'object' : 'objects';
  const planner = new InsertPlanner(context);
  const top = planner.addList(
    table,
    { objects: listItems(args.get(name)), path: `${field.path}.args.${name}`, given: new Map() },
    planOnConflict(context, table, args.get('on_conflict')),
  );
  return {
    kind: 'insert',
    key: field.key,
    path: field.path,
    ...planner.build(top),
    output: single ? rowOutput(context, field) : responseOutput(context, field),
  };
}

/** Columns whose values come from a row written before. */
type GivenColumns = ReadonlyMap<string, ColumnReference>;

interface ColumnReference {
  readonly level: LevelDraft;
  readonly row: RowDraft;
  readonly column: string;
}

/** The objects given in one place of the request. */
interface ObjectList {
  readonly objects: readonly InputValue[];
  readonly path: string;
  readonly given: GivenColumns;
}

interface RowDraft {
  readonly values: Map<string, Parameter | ColumnReference>;
  readonly path: string;
  required: InsertRow['required'];
  /** Rows to write before and after this one. */
  readonly before: RowPlace[];
  readonly after: RowPlace[];
}

interface RowPlace {
  readonly level: LevelDraft;
  readonly row: RowDraft;
}

interface LevelDraft {
  readonly table: TrackedTable;
  readonly onConflict: OnConflictPlan | null;
  readonly rows: RowDraft[];
  readonly keys: Set<string>;
  /** The levels that hang on this one, by relationship and on_conflict. */
  readonly before: Map<string, LevelDraft>;
  readonly after: Map<string, LevelDraft>;
}

/** A relationship field that a client filled in. */
interface NestedInput {
  readonly relationship: Relationship;
  readonly table: TrackedTable;
  readonly objects: readonly InputValue[];
  readonly onConflict: OnConflictPlan | null;
}

class InsertPlanner {
  readonly #context: PlanContext;

  constructor(context: PlanContext) {
    this.#context = context;
  }

  addList(table: TrackedTable, list: ObjectList, onConflict: OnConflictPlan | null): LevelDraft {
    const level = newLevel(table, onConflict);
    this.#addRows(level, list);
    return level;
  }

  /** Mistakes are told object by object where any of them nests another, and of the whole list otherwise. */
  #addRows(level: LevelDraft, { objects, path, given }: ObjectList): RowDraft[] {
    const inputs = objects.map(asObject);
    const isNested = inputs.some((input) => nestedFields(input).length > 0);
    return inputs.map((input, index) => {
      const at = `${path}[${index}]`;
      return this.#addRow(level, input, given, at, isNested ? at : path);
    });
  }

  #addRow(level: LevelDraft, input: ObjectInput, given: GivenColumns, at: string, path: string): RowDraft {
    const values = readColumnValues(input);
    const twice = [...values.keys()].filter((name) => given.has(name));
    if (twice.length > 0) {
      throw new EngineError(
        'validation-failed',
        `cannot insert ${quoted(twice)} columns as their values are already being determined by parent insert`,
        { path: at },
      );
    }
    const nested = nestedFields(input).map(({ field, value }) => this.#readNested(field, value));
    for (const { relationship } of nested)
      checkUndetermined(relationship, [...given.keys(), ...values.keys()], at);
    const row: RowDraft = { values, path, required: null, before: [], after: [] };
    level.rows.push(row);
    for (const [name, reference] of given) if (!values.has(name)) values.set(name, reference);
    for (const part of nested.filter(isBefore))
      this.#addBefore(level, row, part, `${path}.${part.relationship.name}`);
    const after = nested.filter((part) => !isBefore(part));
    // Array relationships come first, as in the reference.
    after.sort(
      (left, right) =>
        Number(left.relationship.kind === 'object') - Number(right.relationship.kind === 'object'),
    );
    for (const part of after) this.#addAfter(level, row, part, `${path}.${part.relationship.name}`);
    return row;
  }

  #readNested(field: Parameters<typeof inputMeaningOf>[0], value: ObjectInput): NestedInput {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind !== 'relationship')
      throw new EngineError('unexpected', 'no relationship', { path: value.at });
    const { relationship, table } = meaning;
    return {
      relationship,
      table,
      objects: listItems(value.fields.get('data')?.value),
      onConflict: planOnConflict(this.#context, table, value.fields.get('on_conflict')?.value),
    };
  }

  /** The other row first: this one takes its columns. */
  #addBefore(level: LevelDraft, row: RowDraft, part: NestedInput, path: string): void {
    const other = levelFor(level.before, part);
    const [object] = part.objects;
    if (!object) return;
    const otherRow = this.#addRow(other, asObject(object), new Map(), `${path}.data`, `${path}.data`);
    otherRow.required ??= {
      path,
      message: `cannot proceed to insert object relation "${part.relationship.name}" since insert to table "${part.table.displayName}" affects zero rows`,
    };
    row.before.push({ level: other, row: otherRow });
    for (const { from, to } of part.relationship.mapping) {
      other.keys.add(to);
      if (!row.values.has(from)) row.values.set(from, { level: other, row: otherRow, column: to });
    }
  }

  /** This row first: the others take its columns. */
  #addAfter(level: LevelDraft, row: RowDraft, part: NestedInput, path: string): void {
    row.required = {
      path: row.path,
      message: `cannot proceed to insert array relations since insert to table "${level.table.displayName}" affects zero rows`,
    };
    const given = new Map<string, ColumnReference>();
    for (const { from, to } of part.relationship.mapping) {
      level.keys.add(from);
      given.set(to, { level, row, column: from });
    }
    const other = levelFor(level.after, part);
    const rows = this.#addRows(other, { objects: part.objects, path: `${path}.data`, given });
    row.after.push(...rows.map((otherRow) => ({ level: other, row: otherRow })));
  }

  build(top: LevelDraft): Pick<InsertPlan, 'levels' | 'top' | 'steps' | 'isOrdered'> {
    const drafts: LevelDraft[] = [];
    collectLevels(top, drafts);
    const ids = new Map(drafts.map((draft, index) => [draft, index]));
    const rowIds = new Map(drafts.flatMap((draft) => draft.rows.map((row, index) => [row, index] as const)));
    const place = ({ level, row }: RowPlace): InsertStep => ({
      level: ids.get(level) as number,
      row: rowIds.get(row) as number,
    });
    return {
      levels: drafts.map((draft, id) => this.#finishLevel(draft, id, place)),
      top: ids.get(top) as number,
      steps: top.rows.flatMap((row) => stepsOf({ level: top, row }, place)),
      isOrdered: drafts.some(
        (draft) =>
          draft.onConflict !== null && drafts.some((other) => other !== draft && other.table === draft.table),
      ),
    };
  }

  #finishLevel(draft: LevelDraft, id: number, place: (at: RowPlace) => InsertStep): InsertLevel {
    const { table } = draft;
    const permission = permissionsFor(this.#context, table).insert;
    if (!permission) throw new EngineError('unexpected', `role cannot insert into "${table.displayName}"`);
    const keys = [...draft.keys];
    const names = new Set(draft.rows.flatMap((row) => [...row.values.keys()]));
    for (const name of permission.presets.keys()) names.add(name);
    // A row of nothing but defaults still has to name a column where there are several such rows.
    const [first] = table.catalog.columns;
    if (names.size === 0 && draft.rows.length > 1 && first) names.add(first.name);
    const columns = [...names];
    const valueFor = (row: RowDraft, name: string): ColumnValue => {
      const value = permission.presets.get(name) ?? row.values.get(name) ?? 'default';
      return value === 'default' || 'source' in value ? value : referenceParameter(table, name, value, place);
    };
    const { check, onConflict } = checksOf(table, permission.check, draft.onConflict);
    return {
      id,
      table: tableName(table),
      columns,
      rows: draft.rows.map((row) => ({
        values: columns.map((name) => valueFor(row, name)),
        path: row.path,
        required: row.required,
      })),
      onConflict,
      check,
      keys,
    };
  }
}

/** In partitions Postgres does not tell rows that were updated from inserted ones: they have to pass both checks. */
function checksOf(
  table: TrackedTable,
  check: Predicate,
  onConflict: OnConflictPlan | null,
): Pick<InsertLevel, 'check' | 'onConflict'> {
  if (!onConflict?.check || table.catalog.kind !== 'partitioned table') return { check, onConflict };
  return { check: both(check, onConflict.check), onConflict: { ...onConflict, check: null } };
}

function newLevel(table: TrackedTable, onConflict: OnConflictPlan | null): LevelDraft {
  return { table, onConflict, rows: [], keys: new Set(), before: new Map(), after: new Map() };
}

/** Objects of one relationship are one level as far as they say the same about conflicts. */
function levelFor(
  levels: Map<string, LevelDraft>,
  { relationship, table, onConflict }: NestedInput,
): LevelDraft {
  const key = `${relationship.name} ${JSON.stringify(onConflict)}`;
  const level = levels.get(key) ?? newLevel(table, onConflict);
  levels.set(key, level);
  return level;
}

function isBefore({ relationship }: NestedInput): boolean {
  return relationship.insertionOrder === 'before_parent';
}

function nestedFields(
  input: ObjectInput,
): { field: Parameters<typeof inputMeaningOf>[0]; value: ObjectInput }[] {
  return [...input.fields.values()].flatMap(({ field, value }) =>
    inputMeaningOf(field)?.kind === 'relationship' && value.kind === 'object' ? [{ field, value }] : [],
  );
}

function readColumnValues(input: ObjectInput): RowDraft['values'] {
  const values: RowDraft['values'] = new Map();
  for (const { field, value } of input.fields.values()) {
    const meaning = inputMeaningOf(field);
    if (meaning?.kind !== 'column') continue;
    if (!meaning.column.isNullable) requireValue(field, value);
    values.set(meaning.column.name, columnParameter(meaning.column, value));
  }
  return values;
}

/** An object that decides columns of its parent cannot be given beside those columns. */
function checkUndetermined(relationship: Relationship, determined: readonly string[], at: string): void {
  if (relationship.insertionOrder === 'after_parent') return;
  const twice = relationship.mapping.map(({ from }) => from).filter((name) => determined.includes(name));
  if (twice.length === 0) return;
  throw new EngineError(
    'validation-failed',
    `cannot insert object relationship "${relationship.name}" as ${quoted(twice)} column values are already determined`,
    { path: `${at}.${relationship.name}` },
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function collectLevels(level: LevelDraft, into: LevelDraft[]): void {
  for (const other of level.before.values()) collectLevels(other, into);
  into.push(level);
  for (const other of level.after.values()) collectLevels(other, into);
}

function stepsOf(at: RowPlace, place: (at: RowPlace) => InsertStep): InsertStep[] {
  return [
    ...at.row.before.flatMap((other) => stepsOf(other, place)),
    place(at),
    ...at.row.after.flatMap((other) => stepsOf(other, place)),
  ];
}

function referenceParameter(
  table: TrackedTable,
  column: string,
  reference: ColumnReference,
  place: (at: RowPlace) => InsertStep,
): Parameter {
  const type = table.catalog.columns.find((candidate) => candidate.name === column)?.type;
  if (!type) throw new EngineError('unexpected', `"${table.displayName}" has no column "${column}"`);
  const { level, row } = place(reference);
  const key = [...reference.level.keys].indexOf(reference.column);
  return {
    kind: 'parameter',
    source: { kind: 'written-key', level, row, column: key },
    sqlType: sqlTypeOf(type),
  };
}
