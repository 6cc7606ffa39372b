import { readFileSync } from 'node:fs';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { parse } from 'yaml';
import type { Session } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine, EngineOptions } from '../engine-types.ts';
import type { Metadata } from '../metadata/types.ts';

const read = (name: string): string => readFileSync(new URL(`../../cases/${name}`, import.meta.url), 'utf8');

/** The metadata of the engine's cases. */
export function publishingHouseMetadata(): Metadata {
  return parse(read('metadata.yaml')) as Metadata;
}

/** The small publishing house of the engine's cases, on a database of its own; `sql` adds to it. */
export async function openPublishingHouse(
  change: Partial<Metadata> = {},
  options: Partial<EngineOptions> = {},
  { sql = '' }: { readonly sql?: string } = {},
): Promise<{ engine: Engine; database: TestDatabase }> {
  const database = await createTestDatabase({ migrated: false });
  await database.query(read('schema.sql'));
  await database.query(read('rows.sql'));
  if (sql !== '') await database.query(sql);
  const metadata = { ...publishingHouseMetadata(), ...change };
  const engine = await createEngine({ databaseUrl: database.url, metadata, ...options });
  return { engine, database };
}

/** A session as authentication would make it. */
export function sessionFor(role: string, variables: Readonly<Record<string, string>> = {}): Session {
  return {
    role,
    variables: { 'x-hasura-role': role, ...variables },
    isAdmin: role === 'admin',
    backendOnly: false,
    expiresAt: null,
  };
}
