import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type ApiProblem } from '../lib/api-error.ts';
import { SessionProvider } from '../session/SessionProvider.tsx';
import type { SessionState } from '../session/session.ts';
import { signedInStore } from '../testing/render-page.tsx';
import { App } from './App.tsx';

/** A store whose state the test sets. */
function scriptedStore(first: SessionState) {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    ...signedInStore,
    signIn: vi.fn<(email: string, password: string) => Promise<void>>(async () => {}),
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next: SessionState) {
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

function open(route: string, first: SessionState) {
  const store = scriptedStore(first);
  render(
    <SessionProvider store={store}>
      <MemoryRouter initialEntries={[route]}>
        <App />
      </MemoryRouter>
    </SessionProvider>,
  );
  return store;
}

const signedOut: SessionState = { status: 'signed-out', reason: 'none' };

describe('the door', () => {
  it('shows no sign-in form while somebody may be signed in', () => {
    open('/dashboard', { status: 'unknown' });
    expect(screen.getByRole('main', { name: 'Loading…' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Sign in' })).not.toBeInTheDocument();
  });

  it('leads to the sign-in page when nobody is, and says why when a session has ended', () => {
    const store = open('/dashboard?ask=3', { status: 'unknown' });
    act(() => store.set({ status: 'signed-out', reason: 'ended' }));
    expect(screen.getByRole('heading', { name: 'Welcome back' })).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent('what you typed is still here');
  });

  it('keeps the session when the server cannot be reached', () => {
    open('/dashboard', { status: 'unreachable' });
    expect(screen.getByRole('heading', { name: 'Tierline cannot be reached' })).toBeInTheDocument();
  });
});

describe('a password set with a link', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('may be set although the answer was lost, which is said instead of a dead link alone', async () => {
    const fetch = vi
      .fn()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValueOnce(Response.json({ code: 'UNAUTHORIZED' }, { status: 401 }));
    vi.stubGlobal('fetch', fetch);
    open('/reset-password#token=once', signedOut);
    await userEvent.type(await screen.findByLabelText('New password'), 'four words in a row');
    await userEvent.click(screen.getByRole('button', { name: 'Set password' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('did not answer');
    await userEvent.click(screen.getByRole('button', { name: 'Set password' }));
    expect(await screen.findByText(/Sign in with the new password/)).toBeInTheDocument();
  });
});

describe('signing in', () => {
  let store: ReturnType<typeof scriptedStore>;
  beforeEach(() => {
    store = open('/login', signedOut);
  });

  const fill = async (email: string, password: string) => {
    if (email) await userEvent.type(screen.getByLabelText('E-mail'), email);
    if (password) await userEvent.type(screen.getByLabelText('Password'), password);
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  };

  it('checks the fields and puts the reader into the first wrong one', async () => {
    await fill('', '');
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveAccessibleDescription(
      'Enter the e-mail address of your account.',
    );
    expect(screen.getByLabelText('Password')).toBeInvalid();
    expect(store.signIn).not.toHaveBeenCalled();
  });

  it.each<[ApiProblem['code'], RegExp]>([
    ['UNAUTHORIZED', /do not match an account/],
    ['FORBIDDEN', /for the review console/],
    ['RATE_LIMIT_EXCEEDED', /in 10 minutes/],
    ['NETWORK', /did not answer/],
  ])('tells of %s in words', async (code, words) => {
    store.signIn.mockRejectedValueOnce(new ApiError({ code, retryAfter: 600, fields: [] }));
    await fill(' vendor1@example.com ', 'tierline-demo');
    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(store.signIn).toHaveBeenCalledWith('vendor1@example.com', 'tierline-demo');
  });

  it('shows the password on demand', async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Show password' }));
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text');
  });
});
