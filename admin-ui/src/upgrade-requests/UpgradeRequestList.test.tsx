import { QueryClient } from '@tanstack/react-query';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { skeletonDelay } from '@tierline/design';
import { HttpError } from 'ra-core';
import { Route, Routes } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import type { ConsoleDataProvider } from '../providers/data-provider.ts';
import { hoursAgo, sampleCounts, sampleOverview, sampleRow } from '../testing/samples.ts';
import { TestConsole } from '../testing/TestConsole.tsx';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';
import { UpgradeRequestList } from './UpgradeRequestList.tsx';

function openQueue(
  getList: (params: { filter: object }) => Promise<readonly UpgradeRequestRow[]>,
  at?: string,
  overview?: ReturnType<typeof sampleOverview>,
  decisions: Partial<ConsoleDataProvider> = {},
  counts?: ReturnType<typeof sampleCounts>,
) {
  const queryClient = new QueryClient();
  const list = vi.fn(async (_resource: string, params: { filter: object }) => {
    const data = await getList(params);
    const meta = counts && { counts };
    return { data: [...data], pageInfo: { hasPreviousPage: false, hasNextPage: false }, meta };
  });
  render(
    <TestConsole
      dataProvider={{ getList: list as never, ...decisions }}
      queryClient={queryClient}
      {...(at && { at })}
      {...(overview && { overview })}
    >
      <Routes>
        <Route path={`/${REQUESTS}`} element={<UpgradeRequestList />} />
        <Route path="*" element={null} />
      </Routes>
    </TestConsole>,
  );
  return { list, queryClient };
}

const location = () => decodeURIComponent(screen.getByTestId('location').textContent ?? '');

describe('the queue', () => {
  it('shows skeletons only when the answer takes a while', async () => {
    vi.useFakeTimers();
    try {
      openQueue(() => new Promise(() => {}));
      const skeleton = screen.getByRole('status', { name: 'Loading requests' });
      await act(() => vi.advanceTimersByTimeAsync(skeletonDelay - 1));
      expect(skeleton).toBeEmptyDOMElement();
      await act(() => vi.advanceTimersByTimeAsync(1));
      expect(skeleton).not.toBeEmptyDOMElement();
    } finally {
      vi.useRealTimers();
    }
  });

  it('lists who asks for what, since when and why, and marks who waits too long', async () => {
    openQueue(async () => [
      sampleRow(),
      sampleRow({ id: 'b', vendor: { id: 'v2', name: 'North Quay', tier: 2 }, created_at: hoursAgo(98) }),
    ]);
    const row = (await screen.findByRole('link', { name: 'Harbor Lights' })).closest('tr')!;
    expect(within(row).getByText('From Basic to Plus')).toBeInTheDocument();
    expect(within(row).getByText('2 h')).toBeInTheDocument();
    expect(within(row).getByText('We opened two new sites this spring.')).toBeInTheDocument();
    expect(screen.getAllByLabelText('Waiting for more than 3 days').length).toBeGreaterThan(0);
    // What was there from the start did not come in.
    expect(screen.queryByText('New')).toBeNull();
  });

  it('starts with what is pending and counts every tab', async () => {
    const { list } = openQueue(async () => [sampleRow()]);
    expect(await screen.findByRole('button', { name: 'Pending 1' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('button', { name: 'Approved 14' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'All 20' })).toBeInTheDocument();
    expect(list.mock.calls[0]?.[1].filter).toEqual({ status: 'pending' });
    await waitFor(() => expect(document.title).toBe('1 pending · Tierline'));
  });

  it('keeps tab and search in the address', async () => {
    const { list } = openQueue(async () => [sampleRow()]);
    await userEvent.click(await screen.findByRole('button', { name: 'Rejected 3' }));
    await waitFor(() => expect(location()).toContain('"status":"rejected"'));
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search requests' }), 'quay');
    await waitFor(() => expect(list.mock.lastCall?.[1].filter).toEqual({ status: 'rejected', q: 'quay' }));
    expect(location()).toContain('"q":"quay"');
  });

  it('says that all is done when nothing waits', async () => {
    openQueue(async () => []);
    expect(await screen.findByText('Nothing waits for you')).toBeInTheDocument();
  });

  it('offers to clear filters that match nothing', async () => {
    const filter = encodeURIComponent(JSON.stringify({ status: 'pending', q: 'zzz' }));
    const { list } = openQueue(async () => [], `/${REQUESTS}?filter=${filter}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(list.mock.lastCall?.[1].filter).toEqual({ status: 'pending' }));
  });

  it('says what is wrong and tries again on request', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const answers = [() => Promise.reject(new HttpError('Bad gateway', 502)), async () => [sampleRow()]];
    openQueue(() => answers.shift()!());
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The requests could not be loaded');
    await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Harbor Lights' })).toBeInTheDocument();
  });

  it('marks a request that comes in behind the others, and keeps the keyboard on its row', async () => {
    const rows = [sampleRow()];
    const { queryClient } = openQueue(async () => [...rows]);
    await screen.findByRole('link', { name: 'Harbor Lights' });
    await userEvent.keyboard('j');
    const focused = () => document.querySelector('tr.Mui-selected')?.textContent ?? '';
    expect(focused()).toContain('Harbor Lights');
    rows.push(sampleRow({ id: 'new', vendor: { id: 'v9', name: 'Lantern Books', tier: 1 } }));
    await queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
    const link = await screen.findByRole('link', { name: 'Lantern Books' });
    expect(within(link.closest('tr')!).getByText('New')).toBeInTheDocument();
    expect(focused()).toContain('Harbor Lights');
  });

  it('moves no row for those that come in above, but says how many there are', async () => {
    const rows = [sampleRow()];
    const { queryClient } = openQueue(async () => [...rows]);
    await screen.findByRole('link', { name: 'Harbor Lights' });
    const names = () =>
      screen
        .getAllByRole('row')
        .slice(1)
        .map((row) => within(row).getByRole('link').textContent);
    rows.unshift(
      sampleRow({ id: 'n1', vendor: { id: 'v9', name: 'Lantern Books', tier: 1 } }),
      sampleRow({ id: 'n2', vendor: { id: 'v8', name: 'Moss Tea', tier: 1 } }),
    );
    await queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
    const show = await screen.findByRole('button', { name: '2 new · Show' });
    expect(names()).toEqual(['Harbor Lights']);
    await userEvent.click(show);
    expect(names()).toEqual(['Lantern Books', 'Moss Tea', 'Harbor Lights']);
    expect(screen.queryByRole('button', { name: /new · Show/ })).toBeNull();
  });

  it('shows who waits longest first, and the last decision first where all are decided', async () => {
    const { list } = openQueue(async () => [sampleRow()]);
    await userEvent.click(await screen.findByRole('button', { name: 'Rejected 3' }));
    await waitFor(() => expect(list.mock.lastCall?.[1]).toMatchObject({ filter: { status: 'rejected' } }));
    expect(list.mock.calls[0]?.[1]).toMatchObject({ sort: { field: 'created_at', order: 'ASC' } });
    expect(list.mock.lastCall?.[1]).toMatchObject({ sort: { field: 'reviewed_at', order: 'DESC' } });
    expect(list.mock.calls).toHaveLength(2);
  });

  it('says in the list why a request was refused', async () => {
    openQueue(
      async () => [sampleRow({ status: 'rejected', rejection_reason: 'The last audit is missing.' })],
      `/${REQUESTS}?filter=${encodeURIComponent('{"status":"rejected"}')}`,
    );
    expect(await screen.findByRole('columnheader', { name: 'Why it was refused' })).toBeInTheDocument();
    expect(screen.getByText('The last audit is missing.')).toBeInTheDocument();
    expect(screen.queryByText('We opened two new sites this spring.')).toBeNull();
  });

  it('never shows the rows of one tab under another', async () => {
    openQueue(({ filter }) =>
      'status' in filter && filter.status === 'rejected'
        ? new Promise(() => {})
        : Promise.resolve([sampleRow()]),
    );
    await screen.findByRole('link', { name: 'Harbor Lights' });
    await userEvent.click(screen.getByRole('button', { name: 'Rejected 3' }));
    expect(await screen.findByRole('status', { name: 'Loading requests' })).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'Harbor Lights' })).toBeNull();
  });

  it('opens the row under the keyboard, ready for a decision', async () => {
    openQueue(async () => [sampleRow(), sampleRow({ id: 'b' })]);
    await screen.findAllByRole('link', { name: 'Harbor Lights' });
    await userEvent.keyboard('jjkr');
    expect(location()).toBe(`/${REQUESTS}/${sampleRow().id}/show?decide=reject`);
  });

  it('shows one page of many, and goes on while there is more', async () => {
    const { list } = openQueue(async () => [sampleRow()]);
    const rows = Array.from({ length: 25 }, (_, index) => sampleRow({ id: `row-${index}` }));
    list.mockImplementation(async () => ({
      data: rows,
      pageInfo: { hasPreviousPage: false, hasNextPage: true },
      meta: undefined,
    }));
    await userEvent.click(await screen.findByRole('button', { name: 'Approved 14' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(location()).toContain('page=2'));
    // The rows are ahead of the count, so no total is claimed.
    expect(await screen.findByText('26–50')).toBeInTheDocument();
  });

  it('knows how many there are in all, however many', async () => {
    openQueue(async () => [sampleRow()], undefined, sampleOverview(39_900));
    expect(await screen.findByRole('button', { name: /Pending 39,900/ })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /All 39,919/ })).toBeInTheDocument();
  });

  it('stops counting under a filter where nobody would read on', async () => {
    const filter = encodeURIComponent(JSON.stringify({ target_tier: 2 }));
    const counts = sampleCounts({ pending: 10_001, approved: 7 });
    openQueue(async () => [sampleRow()], `/${REQUESTS}?filter=${filter}`, sampleOverview(), {}, counts);
    expect(await screen.findByRole('button', { name: /Pending more than 10,000/ })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Approved 7/ })).toBeInTheDocument();
  });
});

describe('what is selected', () => {
  const rows = [
    sampleRow(),
    sampleRow({ id: 'b', vendor: { id: 'v2', name: 'North Quay', tier: 1 } }),
    sampleRow({ id: 'c', vendor: { id: 'v3', name: 'Pier Nine', tier: 2 }, status: 'approved' }),
  ];
  const everything = `/${REQUESTS}?filter=${encodeURIComponent('{}')}`;

  it('is what is pending, and is decided together with a result for each', async () => {
    const approveMany = vi
      .fn()
      .mockResolvedValueOnce([
        { requestId: sampleRow().id, success: true },
        { requestId: 'b', success: false, code: 'DATABASE_ERROR', message: 'No.' },
      ])
      .mockResolvedValueOnce([{ requestId: 'b', success: true }]);
    openQueue(async () => rows, everything, undefined, { approveMany, getStates: async () => [] });
    await userEvent.click(await screen.findByRole('checkbox', { name: /Select all pending/ }));
    const bar = screen.getByRole('region', { name: 'Selected requests' });
    await userEvent.click(within(bar).getByRole('button', { name: 'Approve 2' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('heading', { name: 'Approve 2 requests?' })).toBeInTheDocument();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve 2' }));
    expect(await within(dialog).findByText(/a problem while saving/)).toBeInTheDocument();
    expect(within(dialog).getByRole('heading', { name: '1 of 2 approved' })).toBeInTheDocument();
    expect(approveMany).toHaveBeenLastCalledWith([sampleRow().id, 'b'], '');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Try 1 again' }));
    expect(await within(dialog).findByText('2 decided.')).toBeInTheDocument();
    expect(approveMany).toHaveBeenLastCalledWith(['b'], '');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Selected requests' })).toBeNull());
  });

  it('cannot be rejected without a reason', async () => {
    const rejectMany = vi.fn();
    openQueue(async () => rows, everything, undefined, { rejectMany });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select the request of North Quay' }));
    await userEvent.click(screen.getByRole('button', { name: 'Reject 1…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Reject this request?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Reject 1 and tell the vendor' }));
    expect(await within(dialog).findByText(/at least 10 characters/)).toBeInTheDocument();
    expect(rejectMany).not.toHaveBeenCalled();
  });

  it('stays selected while rows come in, and lets go of what others decided', async () => {
    const list = [...rows];
    const { queryClient } = openQueue(async () => [...list], everything);
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select the request of North Quay' }));
    list.push(sampleRow({ id: 'new', vendor: { id: 'v9', name: 'Lantern Books', tier: 1 } }));
    await queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
    await screen.findByRole('link', { name: 'Lantern Books' });
    expect(screen.getByText('1 selected')).toBeInTheDocument();
    list[1] = sampleRow({ id: 'b', vendor: { id: 'v2', name: 'North Quay', tier: 2 }, status: 'approved' });
    await queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
    await waitFor(() => expect(screen.queryByText('1 selected')).toBeNull());
  });
});

describe('what a person sets up', () => {
  it('is which columns to see, remembered', async () => {
    openQueue(async () => [sampleRow()]);
    await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Status' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Waiting' }));
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByRole('columnheader', { name: 'Status' })).toBeInTheDocument();
    expect(screen.queryByRole('columnheader', { name: 'Waiting' })).toBeNull();
    expect(Object.values(localStorage).join()).toContain('status');
  });

  it('is views: a filter and an order under a name', async () => {
    const filter = encodeURIComponent(JSON.stringify({ status: 'rejected', target_tier: 3 }));
    const { list } = openQueue(
      async () => [sampleRow()],
      `/${REQUESTS}?filter=${filter}&sort=target_tier&order=ASC`,
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Views' }));
    await userEvent.type(screen.getByRole('textbox', { name: /Save these filters/ }), 'Refused Pros{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Waiting longest' }));
    await waitFor(() =>
      expect(list.mock.lastCall?.[1]).toMatchObject({
        filter: { status: 'pending' },
        sort: { field: 'created_at', order: 'ASC' },
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(screen.getByRole('button', { name: 'Refused Pros' }));
    await waitFor(() =>
      expect(list.mock.lastCall?.[1]).toMatchObject({
        filter: { status: 'rejected', target_tier: 3 },
        sort: { field: 'target_tier', order: 'ASC' },
      }),
    );
  });
});
