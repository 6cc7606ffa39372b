import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SignInResult } from '../session/types.ts';
import { SignInPage } from './SignInPage.tsx';

function openPage(result: SignInResult, expiredEmail?: string) {
  const signIn = vi.fn(async () => result);
  render(<SignInPage signIn={signIn} {...(expiredEmail && { expiredEmail })} />);
  return signIn;
}

async function fillIn(email: string, password: string) {
  if (email) await userEvent.type(screen.getByLabelText('E-mail'), email);
  if (password) await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

const refused = (
  problem: 'credentials' | 'vendor' | 'rate-limit' | 'offline' | 'server',
  more = {},
): SignInResult => ({
  ok: false,
  problem,
  ...more,
});

describe('the sign-in page', () => {
  it('sends what was typed, without spaces around the e-mail', async () => {
    const signIn = openPage({
      ok: true,
      grant: { accessToken: 't', expiresAt: 0, user: { id: 'u', email: 'e' } },
    });
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
    await fillIn(' admin1@example.com ', ' secret ');
    expect(signIn).toHaveBeenCalledWith('admin1@example.com', ' secret ');
  });

  it('asks for what is missing and goes there', async () => {
    const signIn = openPage(refused('credentials'));
    await fillIn('admin1@example.com', '');
    expect(screen.getByText('Enter your password.')).toBeInTheDocument();
    expect(screen.getByLabelText('Password')).toHaveFocus();
    expect(signIn).not.toHaveBeenCalled();
  });

  it.each([
    [refused('credentials'), 'do not match'],
    [refused('vendor'), 'Vendors sign in at the vendor portal'],
    [refused('vendor', { message: 'Not with this account.' }), 'Not with this account.'],
    [refused('rate-limit', { retryAfter: 600 }), 'about 10 minutes'],
    [refused('offline'), 'cannot be reached'],
    [refused('server'), 'Try again in a moment'],
  ])('says what went wrong: %j', async (result, words) => {
    openPage(result);
    await fillIn('a@b.example', 'secret');
    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('welcomes back someone whose session ended', () => {
    openPage(refused('credentials'), 'admin1@example.com');
    expect(screen.getByRole('status')).toHaveTextContent('Your session ended');
    expect(screen.getByLabelText('E-mail')).toHaveValue('admin1@example.com');
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('shows the password on request', async () => {
    openPage(refused('credentials'));
    await userEvent.click(screen.getByRole('button', { name: 'Show password' }));
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text');
  });
});
