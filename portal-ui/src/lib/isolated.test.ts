import { describe, expect, it } from 'vitest';
import { isolated } from './isolated.ts';

describe('isolated', () => {
  it.each(['Quay Street', 'Café <b>Ümlaut</b> 🚢', '', '東京'])('leaves %j as it is', (text) => {
    expect(isolated(text)).toBe(text);
  });

  it('keeps an override, a mark or another direction to itself', () => {
    expect(isolated('\u202eevil')).toBe('\u2068\u202eevil\u2069');
    expect(isolated('מאפייה')).toBe('\u2068מאפייה\u2069');
  });

  it('is neither ended early nor left open by marks in the text', () => {
    expect(isolated('a\u2069\u202eb')).toBe('\u2068a\u202eb\u2069');
    expect(isolated('\u202e\u2066a')).toBe('\u2068\u202e\u2066a\u2069\u2069');
    expect(isolated('\u2067a\u2069b')).toBe('\u2068\u2067a\u2069b\u2069');
  });
});
