import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { errorCode } from './errors.ts';

const HASURA = fileURLToPath(new URL('../../hasura/', import.meta.url));

/**
 * Applies the project's migrations in order, as plain SQL. The engine has its own, complete way to do this;
 * the engine's tests need a database first, so this must not depend on it.
 */
export async function applyMigrations(client: pg.Client): Promise<void> {
  const folder = join(HASURA, 'migrations/default');
  for (const name of await sortedNames(folder)) {
    await applyFile(client, join(folder, name, 'up.sql'));
  }
}

/** Applies the project's seed files in order. */
export async function applySeeds(client: pg.Client): Promise<void> {
  const folder = join(HASURA, 'seeds/default');
  for (const name of await sortedNames(folder)) {
    if (name.endsWith('.sql')) await applyFile(client, join(folder, name));
  }
}

async function sortedNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.sort();
}

async function applyFile(client: pg.Client, path: string): Promise<void> {
  const sql = await readFile(path, 'utf8');
  try {
    await client.query(sql);
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
