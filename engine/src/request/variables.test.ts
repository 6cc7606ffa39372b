import { buildSchema, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { signatureOf } from './variables.ts';

const schema = buildSchema('input filter { _or: [filter!], a: Int } type Query { n(f: filter): Int }');
const type = schema.getType('filter') as GraphQLInputType;
const definitions = [{ name: 'f', type, hasDefault: false, defaultValue: undefined }] as Parameters<
  typeof signatureOf
>[0];

describe('the signature of variables', () => {
  it('tells which keys they have, not which values', () => {
    const of = (f: object) => signatureOf(definitions, { f }, 100);
    expect(of({ _or: [{ a: 1 }] })).toBe(of({ _or: [{ a: 2 }] }));
    expect(of({ _or: [{ a: 1 }] })).not.toBe(of({ _or: [{ a: 1 }, { a: 2 }] }));
    expect(of({ a: null })).not.toBe(of({ a: 1 }));
  });

  it('is given up once it is too long, without looking at the rest', () => {
    let looked = 0;
    const one = () => Object.defineProperty({}, 'a', { enumerable: true, get: () => (looked += 1) });
    expect(
      signatureOf(definitions, { f: { _or: Array.from({ length: 40_000 }, one) } }, 100),
    ).toBeUndefined();
    const nested = Array.from({ length: 90 }, () => ({ _or: Array.from({ length: 90 }, one) }));
    expect(signatureOf(definitions, { f: { _or: nested } }, 100)).toBeUndefined();
    expect(looked).toBeLessThanOrEqual(200);
  });
});
