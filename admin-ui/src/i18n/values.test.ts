import { describe, expect, it } from 'vitest';
import { toSentencePart } from './values.ts';

describe('a value in a sentence', () => {
  it('is as it was when it runs as ours do', () => {
    expect(toSentencePart('Café "Zoë" & <b>Söhne</b>')).toBe('Café "Zoë" & <b>Söhne</b>');
  });

  it('cannot turn the words around it', () => {
    expect(toSentencePart('Quay\u202Etsoh\u2069\u202D')).toBe('Quaytsoh');
  });

  it('keeps its own direction to itself', () => {
    expect(toSentencePart('מאפייה 2')).toBe('\u2068מאפייה 2\u2069');
  });
});
