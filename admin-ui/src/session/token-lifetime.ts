/**
 * How long a JWT lasts from the moment it was issued, in milliseconds. Counting from its own two claims instead of
 * comparing with the clock here keeps renewal right on machines whose clock is wrong.
 */
export function tokenLifetime(token: string): number | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as {
      iat?: unknown;
      exp?: unknown;
    };
    if (typeof claims.iat !== 'number' || typeof claims.exp !== 'number') return undefined;
    return Math.max(0, claims.exp - claims.iat) * 1000;
  } catch {
    // Not a JWT we can read; the caller falls back to the server's own words.
    return undefined;
  }
}
