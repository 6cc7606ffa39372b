import { renderHook } from '@testing-library/react';
import { ListContextProvider } from 'ra-core';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { useQueueFilter } from './useQueueFilter.ts';

test('a second change builds on the first, even before the address has followed', () => {
  const setFilters = vi.fn();
  const list = { filterValues: { status: 'pending' }, setFilters } as never;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ListContextProvider value={list}>{children}</ListContextProvider>
  );
  const { result } = renderHook(useQueueFilter, { wrapper });
  const [, change] = result.current;
  change({ vendor_id: '5f0c1c5e-7d1f-4a53-9d5d-6a3c3a0b9c11' });
  change({ from: '2026-01-01' });
  expect(setFilters).toHaveBeenLastCalledWith(
    { status: 'pending', vendor_id: '5f0c1c5e-7d1f-4a53-9d5d-6a3c3a0b9c11', from: '2026-01-01' },
    undefined,
    false,
  );
  change({ vendor_id: undefined });
  expect(setFilters.mock.lastCall?.[0]).not.toHaveProperty('vendor_id');
});
