import { describe, expect, it } from 'vitest';
import { loginPath, nextAfterLogin } from './paths.ts';

const next = (value: string) => nextAfterLogin(new URLSearchParams({ next: value }));

describe('the way through the sign-in page', () => {
  it('leads back to where the person was, dialogs and all', () => {
    const path = loginPath('/dashboard?ask=3&page=2');
    expect(nextAfterLogin(new URL(path, 'http://x').searchParams)).toBe('/dashboard?ask=3&page=2');
  });

  it.each(['https://evil.example', '//evil.example', 'javascript:alert(1)', '/login', '/nowhere', ''])(
    'never leads to %s',
    (value) => expect(next(value)).toBe('/dashboard'),
  );

  it('keeps the address short when it was the dashboard', () => {
    expect(loginPath('/dashboard')).toBe('/login');
  });
});
