import { describe, expect, it } from 'vitest';
import { normaliseQuery } from './normalise-query.ts';

const same = (left: string, right: string) => expect(normaliseQuery(left)).toBe(normaliseQuery(right));
const different = (left: string, right: string) =>
  expect(normaliseQuery(left)).not.toBe(normaliseQuery(right));

describe('queries are compared', () => {
  it('without white space, commas and comments', () => {
    same('query A { a, b }', '# what A is\nquery A {\n  a b\n}');
  });

  it('without __typename, wherever it stands and whatever it is called', () => {
    same('{ a { b } }', '{ __typename a { kind: __typename b __typename @skip(if: true) } }');
    same('{ a { ...F } } fragment F on A { b }', '{ a { ...F } } fragment F on A { __typename b }');
  });

  it('without the order of arguments and of the keys of objects', () => {
    same(
      '{ a(x: 1, y: {k: 1, l: [{m: 1, n: 2}]}) { b } }',
      '{ a(y: {l: [{n: 2, m: 1}], k: 1}, x: 1) { b } }',
    );
    same('{ a(x: "text") { b } }', '{ a(x: """text""") { b } }');
  });

  it('with the order of fields, with names, values and variables', () => {
    different('{ a b }', '{ b a }');
    different('query A { a }', 'query B { a }');
    different('{ a(x: 1) { b } }', '{ a(x: 2) { b } }');
    different('{ a(x: 1) { b } }', '{ a(x: "1") { b } }');
    different('query ($x: Int) { a(x: $x) { b } }', 'query ($x: Int!) { a(x: $x) { b } }');
    different('{ a: b }', '{ b }');
    different('{ a(list: [1, 2]) { b } }', '{ a(list: [2, 1]) { b } }');
    different('{ a b }', '{ a b } query Other { c }');
  });

  it('only where they are GraphQL', () => {
    expect(() => normaliseQuery('{ a')).toThrow('not a valid graphql query');
    expect(() => normaliseQuery(`{ ${'a '.repeat(30_000)} }`)).toThrow('not a valid graphql query');
  });
});
