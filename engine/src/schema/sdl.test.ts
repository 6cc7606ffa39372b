import { readFileSync } from 'node:fs';
import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import type { Metadata } from '../metadata/types.ts';

const read = (name: string): string => readFileSync(new URL(`sdl/${name}`, import.meta.url), 'utf8');

/**
 * The whole schema of each role, beside what it is made of: names, types, nullability, descriptions, and which of it
 * a role has at all. `npx vitest -u` writes the files anew, to be reviewed as a diff.
 */
describe('the schema', () => {
  let engine: Engine;

  beforeAll(async () => {
    const database = await createTestDatabase({ migrated: false });
    await database.query(read('schema.sql'));
    const metadata = parse(read('metadata.yaml')) as Metadata;
    engine = await createEngine({ databaseUrl: database.url, metadata });
  });
  afterAll(() => engine.close());

  it('has no inconsistencies', () => expect(engine.inconsistencies).toEqual([]));

  it.each(['admin', 'clerk', 'visitor', 'both', 'nobody'])('of %s', async (role) => {
    const file = new URL(`sdl/${role}.graphql`, import.meta.url).pathname;
    await expect(`${engine.printSchema(role)}\n`).toMatchFileSnapshot(file);
  });
});
