import { useListContext } from 'ra-core';

type Values = Readonly<Record<string, unknown>>;

/**
 * What has been asked for since certain filter values were rendered. The address takes a moment to follow, and a
 * second change in that moment has to build on the first instead of on what is still shown.
 */
const askedFor = new WeakMap<object, Values>();

/**
 * A way to change parts of the filter of the list around it, kept in the address; `undefined` or an empty text takes a
 * part away.
 * @param read what of the address's values counts as a filter; without it, all of them
 */
export function useFilterChange<Filter extends object = Values>(
  read?: (values: unknown) => Filter,
): (change: { readonly [Key in keyof Filter]?: Filter[Key] | undefined }) => void {
  const { filterValues, setFilters } = useListContext();
  return (change) => {
    const base = askedFor.get(filterValues) ?? read?.(filterValues) ?? filterValues;
    const parts = Object.entries({ ...base, ...change });
    const wanted = Object.fromEntries(parts.filter(([, value]) => value !== undefined && value !== ''));
    askedFor.set(filterValues, wanted);
    setFilters(wanted, undefined, false);
  };
}
