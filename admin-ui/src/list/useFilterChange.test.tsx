import { renderHook } from '@testing-library/react';
import { ListContextProvider } from 'ra-core';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { useQueueFilter } from '../upgrade-requests/useQueueFilter.ts';
import { useListFilter } from './ListFilters.tsx';

/** A list whose address does not follow, and what it is asked to become. */
function slowList(filterValues: Readonly<Record<string, unknown>>) {
  const setFilters = vi.fn();
  const list = { filterValues, setFilters } as never;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ListContextProvider value={list}>{children}</ListContextProvider>
  );
  return { wrapper, asked: () => setFilters.mock.lastCall?.[0] };
}

test('a second change of the queue builds on the first, even before the address has followed', () => {
  const { wrapper, asked } = slowList({ status: 'pending' });
  const { result } = renderHook(useQueueFilter, { wrapper });
  const [, change] = result.current;
  change({ vendor_id: '5f0c1c5e-7d1f-4a53-9d5d-6a3c3a0b9c11' });
  change({ from: '2026-01-01' });
  expect(asked()).toEqual({
    status: 'pending',
    vendor_id: '5f0c1c5e-7d1f-4a53-9d5d-6a3c3a0b9c11',
    from: '2026-01-01',
  });
  change({ vendor_id: undefined });
  expect(asked()).toEqual({ status: 'pending', from: '2026-01-01' });
});

test('so does that of another list, through another of its filters', () => {
  const { wrapper, asked } = slowList({ beta: 'yes' });
  const { result } = renderHook(() => [useListFilter('q'), useListFilter('tier')] as const, { wrapper });
  const [[, search], [, chooseTier]] = result.current;
  search('harbor');
  chooseTier(2);
  expect(asked()).toEqual({ beta: 'yes', q: 'harbor', tier: 2 });
  search(undefined);
  expect(asked()).toEqual({ beta: 'yes', tier: 2 });
});

test('an address made up by hand loses what is no filter with the first change', () => {
  const { wrapper, asked } = slowList({ status: 'won', target_tier: 3 });
  const { result } = renderHook(useQueueFilter, { wrapper });
  result.current[1]({ q: 'quay' });
  expect(asked()).toEqual({ target_tier: 3, q: 'quay' });
});
