import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpError } from 'ra-core';
import { Route, Routes } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import { hoursAgo, sampleRow } from '../testing/samples.ts';
import { TestConsole } from '../testing/TestConsole.tsx';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';
import { UpgradeRequestList } from './UpgradeRequestList.tsx';

function openQueue(
  getList: (params: { filter: object }) => Promise<readonly UpgradeRequestRow[]>,
  at?: string,
) {
  const queryClient = new QueryClient();
  const list = vi.fn(async (_resource: string, params: { filter: object }) => {
    const data = await getList(params);
    return { data: [...data], total: data.length };
  });
  render(
    <TestConsole dataProvider={{ getList: list as never }} queryClient={queryClient} {...(at && { at })}>
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
    openQueue(() => new Promise(() => {}));
    const skeleton = await screen.findByRole('status', { name: 'Loading requests' });
    expect(skeleton).toBeEmptyDOMElement();
    await waitFor(() => expect(skeleton).not.toBeEmptyDOMElement());
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

  it('marks a request that comes in, and keeps the keyboard on its row', async () => {
    const rows = [sampleRow()];
    const { queryClient } = openQueue(async () => [...rows]);
    await screen.findByRole('link', { name: 'Harbor Lights' });
    await userEvent.keyboard('j');
    const focused = () => document.querySelector('tr.Mui-selected')?.textContent ?? '';
    expect(focused()).toContain('Harbor Lights');
    rows.unshift(sampleRow({ id: 'new', vendor: { id: 'v9', name: 'Lantern Books', tier: 1 } }));
    await queryClient.invalidateQueries({ queryKey: [REQUESTS, 'getList'] });
    const link = await screen.findByRole('link', { name: 'Lantern Books' });
    expect(within(link.closest('tr')!).getByText('New')).toBeInTheDocument();
    expect(focused()).toContain('Harbor Lights');
  });

  it('opens the row under the keyboard, ready for a decision', async () => {
    openQueue(async () => [sampleRow(), sampleRow({ id: 'b' })]);
    await screen.findAllByRole('link', { name: 'Harbor Lights' });
    await userEvent.keyboard('jjkr');
    expect(location()).toBe(`/${REQUESTS}/${sampleRow().id}/show?decide=reject`);
  });

  it('shows one page of many', async () => {
    const { list } = openQueue(async () => [sampleRow()]);
    list.mockImplementation(async () => ({ data: [sampleRow()], total: 120 }));
    await userEvent.click(await screen.findByRole('button', { name: 'All 20' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(location()).toContain('page=2'));
    expect(await screen.findByText('26–50 of 120')).toBeInTheDocument();
  });
});
