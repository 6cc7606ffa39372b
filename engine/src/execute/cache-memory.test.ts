import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine-types.ts';
import { buildState, servingSettings } from '../serving-state.ts';
import { openPublishingHouse, publishingHouseMetadata, sessionFor } from '../testing/publishing-house.ts';
import type { ReadyOperation } from './operation-cache.ts';
import { createPool, type Pool } from './pool.ts';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once all garbage is gone. */
function heapUsed(): number {
  for (let time = 0; time < 2; time++) collect();
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
    `mutation { insert_author(objects: [${repeat(100, (n) => `{name: "n${index}_${n}"}`)}]) { affected_rows } }`,
  (index) =>
    `mutation { update_author(where: {id: {_eq: ${index}}}, _set: {name: "n"}) { affected_rows returning { id } } }`,
  (index) => `{ article(where: {id: {_in: [${numbers(index, 1000)}]}}) { id } }`,
  (index) => `{ article(where: {title: {_eq: "${'long '.repeat(1000)}${index}"}}) { id } }`,
  (index) => `# ${'€'.repeat(5000)}\nquery ${'Q'.repeat(5000)}${index} { article { id } }`,
  (index) => `{ article(where: {${nest(30, `id: {_eq: ${index}}`)}}) { id } }`,
  (index) => `{ ${repeat(20, (n) => `a${index}_${n}: __schema { types { name fields { name } } }`)} }`,
  (index) => `{ ${repeat(200, (n) => `a${index}_${n}: __typename`)} }`,
  (index) => `{ a${index}: __typename }`,
  (index) =>
    `query Q${index} { __typename ${repeat(6, (n) => `a${n}: article_by_pk(id: ${index}) { id title }`)} }`,
];

function repeat(count: number, make: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => make(n)).join(' ');
}

function nest(depth: number, inner: string): string {
  return `${'_and: [{'.repeat(depth)}${inner}${'}]'.repeat(depth)}`;
}

function fields(name: string, index: number, count: number): string {
  return repeat(count, (n) => `f${index}_${n}: ${name}`);
}

function numbers(index: number, count: number): string {
  return repeat(count, (n) => String(index + n));
}

describe('queries that never come twice', () => {
  let engine: Engine;
  let pool: Pool;

  beforeAll(async () => {
    const house = await openPublishingHouse();
    ({ engine } = house);
    pool = createPool({
      databaseUrl: house.database.url,
      maxConnections: 1,
      connectTimeoutMs: 20_000,
      connectRetries: 0,
      idleTimeoutSeconds: 60,
      lifetimeSeconds: 600,
      applicationName: 'cache memory test',
      onIdleError: () => undefined,
    });
  });
  afterAll(async () => {
    await pool.close();
    await engine.close();
  });

  it('weigh what they take', async () => {
    // All are held to the end, so that none is freed while another is measured.
    const held: unknown[] = [];
    const metadata = publishingHouseMetadata();
    const { catalog } = await buildState(pool, metadata, servingSettings({}));
    for (const [number, shape] of shapes.entries()) {
      const state = await buildState(pool, metadata, servingSettings({}), catalog);
      const operations = state.operations(sessionFor('admin'));
      // From bytes as from a socket: a text put together here would be kept in pieces.
      const ask = (index: number): ReadyOperation =>
        operations.prepare({ query: Buffer.from(shape(index)).toString() });
      for (let index = 0; index < 20; index++) ask(index);
      const kept: ReadyOperation[] = [];
      held.push(state, kept);
      const before = heapUsed();
      const weightBefore = operations.weight;
      for (let index = 1000; index < 1040; index++) kept.push(ask(index));
      const taken = (heapUsed() - before) / kept.length;
      const weighed = (operations.weight - weightBefore) / kept.length;
      expect(weighed, `shape ${number}`).toBeGreaterThan(0.9 * taken);
      expect(weighed, `shape ${number}`).toBeLessThan(3 * taken);
    }
    expect(held).toHaveLength(2 * shapes.length);
  }, 240_000);

  it('keep memory flat, whatever they ask', () => {
    const roles = ['admin', 'publisher', 'reader'].map((role) => sessionFor(role));
    const ask = (index: number) => {
      const session = roles[index % roles.length] as (typeof roles)[number];
      const shape = shapes[index % shapes.length] as (typeof shapes)[number];
      try {
        engine.operationType({ query: shape(index) }, session);
      } catch {
        // Not every role may ask everything; that is not kept either.
      }
    };
    for (let index = 0; index < 50; index++) ask(index);
    const before = heapUsed();
    for (let index = 50; index < queries; index++) ask(index);
    expect((heapUsed() - before) / megabyte).toBeLessThan(100);
  });
});
