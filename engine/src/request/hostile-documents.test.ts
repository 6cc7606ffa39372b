import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check-document.ts';
import { checkFragments } from './check-fragments.ts';
import { checkSize } from './check-size.ts';
import { checkLimits } from './limits.ts';
import { normaliseQuery } from './normalise-query.ts';
import { parseOperation } from './parse-document.ts';
import { completeVariables } from './variables.ts';

const schema = buildSchema('type Query { x(list: [Int]): Int }');

/** Milliseconds of the processor's time that no check of a document may take, however the document is made. */
const soon = 2_000;

function timed<Result>(run: () => Result): Result {
  const started = process.cpuUsage();
  try {
    return run();
  } finally {
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(soon);
  }
}

describe('documents made to be slow', () => {
  it('may have any number of comments before the operation that is named', () => {
    const query = `${'#'.repeat(50_000)}\nquery A { tiers { level } }`;
    expect(timed(() => parseOperation(query, 'A')).definition.name?.value).toBe('A');
    const lines = `${'#\n, '.repeat(20_000)}{ tiers { level } }`;
    expect(() => timed(() => parseOperation(lines, 'A'))).toThrow('operationName cannot be used');
  });

  const limits = { depth: 9, nodes: 100, timeSeconds: null, batch: null };
  const check = (query: string, introspects = false): void => {
    const operation = checkFragments(parseOperation(query, null));
    checkSize(operation);
    checkLimits(operation, limits);
    checkDocument(schema, operation, introspects);
  };
  /** F0 spreads F1 twice, F1 spreads F2 twice …: 2^levels visits for whoever follows each spread. */
  const doubling = (levels: number, end: string): string =>
    Array.from(
      { length: levels },
      (_, level) => `fragment F${level} on query_root { ...F${level + 1} ...F${level + 1} }`,
    ).join(' ') + end;

  it('may double their fragments and end in one that nobody defined', () => {
    expect(() => timed(() => check(`{ ...F0 } ${doubling(60, '')}`))).toThrow(
      'reference to undefined fragment "F60"',
    );
  });

  it('may double their fragments and end in one field', () => {
    const query = `{ ...F0 } ${doubling(60, ' fragment F60 on query_root { x }')}`;
    expect(() => timed(() => check(query))).toThrow('more than 20000 fields and fragments');
  });

  it('may spread one long row of fragments many times', () => {
    const row = Array.from({ length: 450 }, (_, n) => `fragment F${n} on query_root { ...F${n + 1} }`);
    const query = `{ ${'...F0 '.repeat(5000)} } ${row.join(' ')} fragment F450 on query_root { x }`;
    expect(() => timed(() => check(query))).toThrow('more than 20000 fields and fragments');
  });

  it('may repeat a field with long arguments through fragments', () => {
    const list = `x(list: [${'1 '.repeat(5000)}])`;
    const query = `{ ${'...F '.repeat(100)} } fragment F on query_root { ${list} }`;
    expect(() => timed(() => check(query))).toThrow('more than 100000 values in arguments');
  });

  it('may hide doubling fragments beside the operation that introspects', () => {
    const query = `{ __schema { queryType { name } } }
      fragment Unused on query_root { __schema { ...G0 } }
      ${doubling(60, ' fragment F60 on query_root { x }').replaceAll('F', 'G')}`;
    expect(() => timed(() => check(query, true))).not.toThrow();
    const circle = Array.from(
      { length: 12 },
      (_, n) =>
        `fragment C${n} on __Schema { ${Array.from({ length: 12 }, (_, m) => `...C${m}`).join(' ')} }`,
    );
    const circular = `{ __schema { queryType { name } } }
      fragment Unused on query_root { __schema { ...C0 } } ${circle.join(' ')}`;
    expect(() => timed(() => check(circular, true))).not.toThrow();
  });

  it('may nest as deep as a text can', () => {
    const levels = 4_000;
    expect(() => timed(() => check(`${'{ a '.repeat(levels)}${'}'.repeat(levels)}`))).toThrow(
      /nested too deeply|not a valid graphql query/,
    );
    const row = Array.from({ length: 1000 }, (_, n) => `fragment F${n} on query_root { x { ...F${n + 1} } }`);
    const chained = `{ ...F0 } ${row.join(' ')} fragment F1000 on query_root { x }`;
    expect(() => timed(() => check(chained))).toThrow('nested too deeply');
    const list = `{ x(list: ${'['.repeat(600)}${']'.repeat(600)}) }`;
    expect(() => timed(() => check(list))).toThrow('nested too deeply');
  });

  it('may name thousands of directives and variables', () => {
    const directives = Array.from({ length: 9_000 }, (_, n) => `@d${n}`).join(' ');
    expect(() => timed(() => check(`{ x ${directives} }`))).toThrow('directive "d0" is not defined');
    const given = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`v${n}`, n]));
    expect(() => timed(() => completeVariables([], given))).toThrow(/^.{1,300} and 99980 more$/);
  });

  it('are compared with an allow list in a time that their depth does not multiply', () => {
    const query = `${'{ a '.repeat(400)} { ${'x '.repeat(18_000)} } ${'}'.repeat(400)}`;
    timed(() => normaliseQuery(query));
  });
});
