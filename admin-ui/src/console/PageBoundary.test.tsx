import { onlineManager } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestConsole } from '../testing/TestConsole.tsx';
import { PageBoundary } from './PageBoundary.tsx';

function Broken(): never {
  throw new Error('Failed to fetch dynamically imported module');
}

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
afterEach(() => {
  cleanup();
  onlineManager.setOnline(true);
  vi.restoreAllMocks();
});

function openBroken() {
  return render(
    <TestConsole at="/broken">
      <Link to="/vendors">Vendors</Link>
      <PageBoundary>
        <Broken />
      </PageBoundary>
    </TestConsole>,
  );
}

test('a page that breaks says so and leaves the way to the others', async () => {
  openBroken();
  expect(await screen.findByRole('alert')).toHaveTextContent('This page stopped working');
  expect(screen.getByRole('button', { name: 'Load again' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('link', { name: 'Vendors' }));
  expect(screen.getByTestId('location')).toHaveTextContent('/vendors');
});

test('without a network, that is the reason given', async () => {
  onlineManager.setOnline(false);
  openBroken();
  expect(await screen.findByText('You are offline')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Load again' })).not.toBeInTheDocument();
});
