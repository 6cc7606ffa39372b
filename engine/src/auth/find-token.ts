import { EngineError } from '../errors.ts';
import type { TokenPlace } from './jwt-settings.ts';

/** Header names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** The token at one place of a request; null when there is none. */
export function findToken(headers: RequestHeaders, place: TokenPlace): string | null {
  switch (place.type) {
    case 'Authorization': {
      const header = headers.authorization;
      if (header === undefined) return null;
      const token = /^\s*Bearer\s+(\S+)\s*$/i.exec(header)?.[1];
      if (token === undefined) throw new EngineError('invalid-headers', 'Malformed Authorization header');
      return token;
    }
    case 'Cookie':
      return readCookie(headers.cookie ?? '', place.name);
    case 'CustomHeader':
      return headers[place.name.toLowerCase()]?.replace(/^\s*Bearer\s+/i, '').trim() || null;
  }
}

function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0 || pair.slice(0, at).trim() !== name) continue;
    const value = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (value === '') return null;
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  }
  return null;
}
