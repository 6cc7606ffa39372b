import type { Sort } from '../providers/keyset.ts';
import { MAX_JUMP } from '../providers/page-ends.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a list understands of an address. */
export interface AddressRule {
  /** The values of a filter that the list knows; whatever else stands there is left out. */
  readonly readFilter: (values: unknown) => Values;
  readonly sorts: readonly string[];
  /** The order where an address names none, for the filter as it was read. */
  readonly sort: Sort | ((filter: Values) => Sort);
  readonly filter?: Values;
}

/** The parts of an address that may be left out, as they are told of. */
export type AddressPart = 'filter' | 'page' | 'perPage' | 'sort';

export interface ReadAddress {
  /** The address as the list understands it, from `?` on. */
  readonly search: string;
  /** Parts that made no sense here. */
  readonly leftOut: readonly AddressPart[];
}

const PER_PAGE = 25;
const MAX_PER_PAGE = 100;

function parse(text: string): { readonly isBroken: boolean; readonly value: unknown } {
  try {
    return { isBroken: false, value: JSON.parse(text) };
  } catch {
    return { isBroken: true, value: undefined };
  }
}

/** Whether something of a filter was not understood. An empty text and null ask for nothing. */
function losesSomething(given: unknown, read: Values): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given !== null;
  return Object.entries(given).some(
    ([name, value]) => value !== '' && value !== null && !Object.hasOwn(read, name),
  );
}

function readCount(text: string | null, most: number): number | undefined {
  if (text === null || !/^\d{1,9}$/.test(text)) return undefined;
  const count = Number(text);
  return count >= 1 && count <= most ? count : undefined;
}

/** Reads a list's address, which may be mistyped or made up: what makes sense of it, and what had to be left out. */
export function readAddress(search: string, rule: AddressRule): ReadAddress {
  const given = new URLSearchParams(search);
  const leftOut: AddressPart[] = [];
  const filterText = given.get('filter');
  const { isBroken, value } =
    filterText === null ? { isBroken: false, value: rule.filter ?? {} } : parse(filterText);
  const filter = rule.readFilter(value);
  if (isBroken || losesSomething(value, filter)) leftOut.push('filter');

  const perPage = readCount(given.get('perPage'), MAX_PER_PAGE);
  if (given.has('perPage') && perPage === undefined) leftOut.push('perPage');
  const size = perPage ?? PER_PAGE;
  const page = readCount(given.get('page'), Math.floor(MAX_JUMP / size) + 1);
  if (given.has('page') && page === undefined) leftOut.push('page');

  const [field, order] = [given.get('sort'), given.get('order')];
  const isSortKnown = field !== null && rule.sorts.includes(field) && (order === 'ASC' || order === 'DESC');
  if ((field !== null || order !== null) && !isSortKnown) leftOut.push('sort');
  const usual = typeof rule.sort === 'function' ? rule.sort(filter) : rule.sort;
  const sort = isSortKnown ? { field, order } : usual;

  const query = new URLSearchParams({
    filter: JSON.stringify(filter),
    sort: sort.field,
    order: sort.order,
    page: String(page ?? 1),
    perPage: String(size),
  });
  return { search: `?${query}`, leftOut };
}
