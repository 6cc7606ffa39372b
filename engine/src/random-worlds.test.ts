import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminSession } from './auth/session.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine-types.ts';
import { EngineError } from './errors.ts';
import { drawUpdate } from './testing/oracle/change.ts';
import { toMetadata, toSql } from './testing/oracle/publish.ts';
import { drawQuery } from './testing/oracle/query.ts';
import { type RoleView, viewOf } from './testing/oracle/role-view.ts';
import { type Draw, drawWorld, number, pick, type World } from './testing/oracle/world.ts';
import { sessionFor } from './testing/publishing-house.ts';

const seed = Number(process.env.TIERLINE_SEED);

/** A number of runs for `npm test`, or for `npm run test:long`. */
const size = (short: number, long: number): number => (process.env.TIERLINE_LONG ? long : short);

/**
 * Random schemas, rows, permissions, inherited roles and queries, asked of the engine and of a few lines of
 * JavaScript that know the rows by heart. Whatever is asked, a role gets its own rows and values and no others: in
 * results, filters, orders, distinct values, aggregates and errors.
 */
describe('in random worlds', () => {
  let engine: Engine;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false });
    engine = await createEngine({ databaseUrl: database.url });
  });
  afterAll(() => engine.close());

  async function become(world: World): Promise<void> {
    await engine.runMetadataRequest({ type: 'clear_metadata', args: {} }, adminSession);
    await database.query(`drop schema public cascade; create schema public; ${toSql(world)}`);
    await engine.runMetadataRequest({ type: 'replace_metadata', args: toMetadata(world) }, adminSession);
  }

  async function ask(query: string, role: string, session: number): Promise<unknown> {
    const asking = sessionFor(role, { 'x-hasura-number': String(session) });
    const { body } = await engine.execute({ query }, asking, { headers: {}, requestId: 'oracle' });
    return (JSON.parse(body) as { data: unknown }).data;
  }

  const rolesOf = (world: World): string[] => [...Object.keys(world.roles), ...Object.keys(world.inherited)];

  it('every role gets what it may see and nothing else', async () => {
    const property = fc.asyncProperty(fc.gen(), async (draw: Draw) => {
      const world = drawWorld(draw);
      await become(world);
      for (let count = 0; count < size(40, 80); count += 1) {
        const role = pick(draw, rolesOf(world));
        const session = number(draw, 4);
        const query = drawQuery({ draw, world, view: viewOf(world, role, session), session });
        if (!query) continue;
        const found = await ask(query.text, role, session);
        expect({ role, session, query: query.text, found }).toEqual({
          role,
          session,
          query: query.text,
          found: query.answer(undefined),
        });
      }
    });
    await fc.assert(property, { seed, numRuns: size(8, 60), endOnFailure: true });
  });

  it('every role changes the rows it may change and no others', async () => {
    const property = fc.asyncProperty(fc.gen(), async (draw: Draw) => {
      const world = drawWorld(draw);
      await become(world);
      for (let count = 0; count < size(25, 60); count += 1) {
        const role = pick(draw, Object.keys(world.roles));
        const session = number(draw, 4);
        const change = drawUpdate({ draw, world, view: viewOf(world, role, session), session }, role);
        if (!change) continue;
        const found = await ask(change.text, role, session).catch((thrown: unknown) =>
          thrown instanceof EngineError ? thrown.code : thrown,
        );
        const asked = { role, session, change: change.text };
        expect({ ...asked, found: sorted(found) }).toEqual({ ...asked, found: change.answer(undefined) });
      }
    });
    await fc.assert(property, { seed, numRuns: size(6, 60), endOnFailure: true });
  });

  it('what a role may not see does not exist for it, wherever it is named', async () => {
    const property = fc.asyncProperty(fc.gen(), async (draw: Draw) => {
      const world = drawWorld(draw);
      await become(world);
      for (const role of rolesOf(world)) {
        for (const query of forbidden(world, viewOf(world, role, 1))) {
          const error = await ask(query, role, 1).catch((thrown: unknown) => thrown);
          expect(error, `${role}: ${query}`).toBeInstanceOf(EngineError);
          expect((error as EngineError).code).toBe('validation-failed');
        }
      }
    });
    await fc.assert(property, { seed, numRuns: size(3, 20), endOnFailure: true });
  });
});

/** The rows of a change by their keys: Postgres answers them in no order. */
function sorted(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('root' in data)) return data;
  const { root } = data as { root: { returning: { id: number }[] } };
  return { root: { returning: root.returning.toSorted((left, right) => left.id - right.id) } };
}

/** Queries that name a table, a column or a field that the role may not see, in every place that takes one. */
function forbidden(world: World, view: RoleView): string[] {
  return world.tables.flatMap((table, index) => {
    const { name } = table;
    const seen = view(index);
    if (!seen)
      return [
        `{ ${name} { id } }`,
        `{ ${name}_by_pk(id: 1) { id } }`,
        `{ ${name}_aggregate { aggregate { count } } }`,
      ];
    const hidden = [...table.columns.map((column) => column.name), 'label'].filter((column) =>
      column === 'label' ? !seen.hasLabel : !seen.columns.some((visible) => visible.name === column),
    );
    const aggregates = seen.aggregates ? [] : [`{ ${name}_aggregate { aggregate { count } } }`];
    return [
      ...aggregates,
      ...hidden.flatMap((column) => [
        `{ ${name} { ${column} } }`,
        `{ ${name}(where: {${column}: {_is_null: true}}) { id } }`,
        `{ ${name}(order_by: {${column}: asc}) { id } }`,
        `{ ${name}(distinct_on: [${column}]) { id } }`,
        `{ ${name}(where: {_not: {up: {down${index}: {${column}: {_is_null: true}}}}}) { id } }`,
        `{ ${name}_aggregate { aggregate { max { ${column} } } } }`,
        `{ ${name}_aggregate { aggregate { count(columns: [${column}]) } } }`,
      ]),
    ];
  });
}
