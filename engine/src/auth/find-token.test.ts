import { describe, expect, it } from 'vitest';
import { findToken } from './find-token.ts';

describe('the token of a request', () => {
  it('is found behind its scheme in any case', () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect(findToken({ authorization: `${scheme} a.b.c` }, { type: 'Authorization' })).toBe('a.b.c');
      expect(findToken({ 'x-token': `${scheme} a.b.c` }, { type: 'CustomHeader', name: 'X-Token' })).toBe(
        'a.b.c',
      );
    }
  });

  it('is not found behind another scheme', () => {
    expect(() => findToken({ authorization: 'Basic a.b.c' }, { type: 'Authorization' })).toThrow(
      'Malformed Authorization header',
    );
  });
});
