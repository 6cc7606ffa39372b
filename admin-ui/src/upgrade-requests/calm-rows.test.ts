import { describe, expect, it } from 'vitest';
import { takeInCalmly } from './calm-rows.ts';

const rows = (letters: string) => [...letters].map((id) => ({ id }));
const letters = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id).join('');

describe('takeInCalmly', () => {
  it.each([
    { what: 'behind the last', shown: 'abc', incoming: 'abcd', rowsNow: 'abcd', held: '' },
    { what: 'above the first', shown: 'abc', incoming: 'xyabc', rowsNow: 'abc', held: 'xy' },
    { what: 'among the others', shown: 'abc', incoming: 'abxc', rowsNow: 'abc', held: 'x' },
    { what: 'above a full page', shown: 'abc', incoming: 'xab', rowsNow: 'abc', held: 'x' },
    { what: 'to a full page of others', shown: 'abc', incoming: 'xyz', rowsNow: 'xyz', held: '' },
    { what: 'to an empty list', shown: '', incoming: 'xy', rowsNow: 'xy', held: '' },
  ])('moves nothing down when rows come in $what', ({ shown, incoming, rowsNow, held }) => {
    const calm = takeInCalmly(rows(shown), rows(incoming));
    expect({ rowsNow: letters(calm.rows), held: letters(calm.held) }).toEqual({ rowsNow, held });
  });

  it('lets go of what left the list', () => {
    const calm = takeInCalmly(rows('abc'), rows('xac'));
    expect({ rowsNow: letters(calm.rows), held: letters(calm.held) }).toEqual({ rowsNow: 'ac', held: 'x' });
  });

  it('shows each row as it is now', () => {
    const calm = takeInCalmly([{ id: 'a', status: 'pending' }], [{ id: 'a', status: 'approved' }]);
    expect(calm.rows).toEqual([{ id: 'a', status: 'approved' }]);
  });
});
