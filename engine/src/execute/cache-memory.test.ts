import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once all garbage is gone. */
function heapUsed(): number {
  for (let time = 0; time < 3; time++) collect();
  return process.memoryUsage().heapUsed;
}

const megabyte = 1024 * 1024;
const queries = process.env.TIERLINE_LONG ? 60_000 : 1500;

/** Shapes that differ in what is kept of them: documents, statements, filters, rows to insert. */
const shapes: readonly ((index: number) => string)[] = [
  (index) => `{ article { ${fields('title', index, 40)} } }`,
  (index) =>
    `{ author { ${fields('name', index, 4)} articles(where: {id: {_in: [${numbers(index, 30)}]}}) { id } } }`,
  (index) => `{ article(where: {_or: [${repeat(20, (n) => `{id: {_eq: ${index + n}}}`)}]}) { id } }`,
  (index) =>
    `mutation { insert_author(objects: [${repeat(8, (n) => `{name: "n${index}_${n}"}`)}]) { affected_rows } }`,
  (index) =>
    `query Q${index} { __typename ${repeat(6, (n) => `a${n}: article_by_pk(id: ${index}) { id title }`)} }`,
];

function repeat(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => make(n)).join(' ');
}

function fields(name: string, index: number, count: number): string {
  return repeat(count, (n) => `f${index}_${n}: ${name}`);
}

function numbers(index: number, count: number): string {
  return repeat(count, (n) => String(index + n));
}

describe('queries that never come twice', () => {
  let engine: Engine;

  beforeAll(async () => {
    ({ engine } = await openPublishingHouse());
  });
  afterAll(() => engine.close());

  it.each(shapes.map((shape, index) => [index, shape] as const))(
    'keep memory flat, shape %i',
    (_index, shape) => {
      const session = sessionFor('admin');
      const ask = (index: number) => engine.operationType({ query: shape(index) }, session);
      for (let index = 0; index < 50; index++) ask(index);
      const before = heapUsed();
      for (let index = 50; index < queries; index++) ask(index);
      const grown = (heapUsed() - before) / megabyte;
      expect(grown).toBeLessThan(48);
    },
  );
});
