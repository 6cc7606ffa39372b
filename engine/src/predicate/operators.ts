import type { CatalogType } from '../catalog/types.ts';

/** What an operator wants on its right side. */
export type OperandShape =
  /** A value of the column's own type. */
  | 'same'
  /** A list of values of the column's own type. */
  | 'list'
  | 'text'
  | 'text-list'
  | 'jsonb'
  /** A value of the named Postgres type. */
  | { readonly type: string }
  | { readonly listOf: string };

/** A comparison by its name in GraphQL. */
export interface ComparisonOperator {
  readonly name: string;
  /** SQL with `L` and `R` standing for the sides. */
  readonly template: string;
  readonly operand: OperandShape;
  /** As introspection shows it; null shows none. */
  readonly description: string | null;
}

const general: readonly ComparisonOperator[] = [
  { name: '_eq', template: 'L = R', operand: 'same', description: null },
  { name: '_gt', template: 'L > R', operand: 'same', description: null },
  { name: '_gte', template: 'L >= R', operand: 'same', description: null },
  { name: '_in', template: 'L = ANY (R)', operand: 'list', description: null },
  { name: '_lt', template: 'L < R', operand: 'same', description: null },
  { name: '_lte', template: 'L <= R', operand: 'same', description: null },
  { name: '_neq', template: 'L <> R', operand: 'same', description: null },
  { name: '_nin', template: 'L <> ALL (R)', operand: 'list', description: null },
];

const text: readonly ComparisonOperator[] = [
  {
    name: '_like',
    template: 'L LIKE R',
    operand: 'same',
    description: 'does the column match the given pattern',
  },
  {
    name: '_nlike',
    template: 'L NOT LIKE R',
    operand: 'same',
    description: 'does the column NOT match the given pattern',
  },
  {
    name: '_ilike',
    template: 'L ILIKE R',
    operand: 'same',
    description: 'does the column match the given case-insensitive pattern',
  },
  {
    name: '_nilike',
    template: 'L NOT ILIKE R',
    operand: 'same',
    description: 'does the column NOT match the given case-insensitive pattern',
  },
  {
    name: '_similar',
    template: 'L SIMILAR TO R',
    operand: 'same',
    description: 'does the column match the given SQL regular expression',
  },
  {
    name: '_nsimilar',
    template: 'L NOT SIMILAR TO R',
    operand: 'same',
    description: 'does the column NOT match the given SQL regular expression',
  },
  {
    name: '_regex',
    template: 'L ~ R',
    operand: 'same',
    description: 'does the column match the given POSIX regular expression, case sensitive',
  },
  {
    name: '_iregex',
    template: 'L ~* R',
    operand: 'same',
    description: 'does the column match the given POSIX regular expression, case insensitive',
  },
  {
    name: '_nregex',
    template: 'L !~ R',
    operand: 'same',
    description: 'does the column NOT match the given POSIX regular expression, case sensitive',
  },
  {
    name: '_niregex',
    template: 'L !~* R',
    operand: 'same',
    description: 'does the column NOT match the given POSIX regular expression, case insensitive',
  },
];

const jsonb: readonly ComparisonOperator[] = [
  {
    name: '_contains',
    template: 'L @> R',
    operand: 'jsonb',
    description: 'does the column contain the given json value at the top level',
  },
  {
    name: '_contained_in',
    template: 'L <@ R',
    operand: 'jsonb',
    description: 'is the column contained in the given json value',
  },
  {
    name: '_has_key',
    template: 'L ? R',
    operand: 'text',
    description: 'does the string exist as a top-level key in the column',
  },
  {
    name: '_has_keys_any',
    template: 'L ?| R',
    operand: 'text-list',
    description: 'do any of these strings exist as top-level keys in the column',
  },
  {
    name: '_has_keys_all',
    template: 'L ?& R',
    operand: 'text-list',
    description: 'do all of these strings exist as top-level keys in the column',
  },
];

const ltree: readonly ComparisonOperator[] = [
  {
    name: '_ancestor',
    template: 'L @> R',
    operand: 'same',
    description: 'is the left argument an ancestor of right (or equal)?',
  },
  {
    name: '_ancestor_any',
    template: 'L @> ANY (R)',
    operand: 'list',
    description: 'does array contain an ancestor of `ltree`?',
  },
  {
    name: '_descendant',
    template: 'L <@ R',
    operand: 'same',
    description: 'is the left argument a descendant of right (or equal)?',
  },
  {
    name: '_descendant_any',
    template: 'L <@ ANY (R)',
    operand: 'list',
    description: 'does array contain a descendant of `ltree`?',
  },
  {
    name: '_matches',
    template: 'L ~ R',
    operand: { type: 'lquery' },
    description: 'does `ltree` match `lquery`?',
  },
  {
    name: '_matches_any',
    template: 'L ? R',
    operand: { listOf: 'lquery' },
    description: 'does `ltree` match any `lquery` in array?',
  },
  {
    name: '_matches_fulltext',
    template: 'L @ R',
    operand: { type: 'ltxtquery' },
    description: 'does `ltree` match `ltxtquery`?',
  },
];

const arrays: readonly ComparisonOperator[] = [
  {
    name: '_contains',
    template: 'L @> R',
    operand: 'same',
    description: 'does the array contain the given value',
  },
  {
    name: '_contained_in',
    template: 'L <@ R',
    operand: 'same',
    description: 'is the array contained in the given array value',
  },
];

/** Types that LIKE and regular expressions fit. */
const textTypes = new Set(['text', 'varchar', 'bpchar', 'citext', 'name']);

/** Every comparison operator of a column's type, in the order introspection lists them before sorting. */
export function operatorsOf(type: CatalogType): readonly ComparisonOperator[] {
  if (type.element !== null) return [...general, ...arrays];
  if (textTypes.has(type.name)) return [...general, ...text];
  if (type.name === 'jsonb') return [...general, ...jsonb];
  if (type.name === 'ltree') return [...general, ...ltree];
  return general;
}

/** Column comparisons, which only permissions may use: `_ceq` and its kin to their SQL. */
export const columnOperators: Readonly<Record<string, string>> = {
  _ceq: 'L = R',
  _cneq: 'L <> R',
  _cne: 'L <> R',
  _cgt: 'L > R',
  _clt: 'L < R',
  _cgte: 'L >= R',
  _clte: 'L <= R',
};
