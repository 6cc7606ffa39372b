/** Tokens that stand for a right: random, kept by whom they were given to. The database knows no more than a hash. */

import { createHash, createHmac, randomBytes } from 'node:crypto';

/** How long a refresh token lives when it is not used. */
export const REFRESH_TOKEN_DAYS = 30;

/** A new token of 256 random bits. */
export function createSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. One fast round is enough: nobody guesses 256 random bits. */
export function hashSecretToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The CSRF token that belongs to a refresh token.
 *
 * It is derived from the refresh token, so it is bound to the session without being stored, changes at every rotation,
 * and whoever reads it (any script of the page may) learns nothing about the token it came from.
 */
export function csrfTokenFor(refreshToken: string): string {
  return createHmac('sha256', refreshToken).update('tierline csrf token').digest('base64url');
}
