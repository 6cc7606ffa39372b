const csrfCookie = 'tierline_portal_csrf';

/**
 * The value that a refresh or a sign-out repeats in `X-CSRF-Token`. Its presence is also the only sign a page has,
 * before it asks the server, that someone was signed in.
 */
export function readCsrfToken(cookies = document.cookie): string | undefined {
  for (const pair of cookies.split(';')) {
    const [name, ...rest] = pair.trim().split('=');
    if (name === csrfCookie) return decodeURIComponent(rest.join('=')) || undefined;
  }
  return undefined;
}
