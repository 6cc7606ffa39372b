import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The Hasura project under test, with a slash at its end. */
export const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** One folder of `migrations/default`. */
export interface Migration {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** All migrations, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const root = `${PROJECT}migrations/default`;
  const names = (await readdir(root)).sort();
  return Promise.all(
    names.map(async (name) => ({
      name,
      up: await readFile(`${root}/${name}/up.sql`, 'utf8'),
      down: await readFile(`${root}/${name}/down.sql`, 'utf8'),
    })),
  );
}

/** The query that lists everything on which tiers, requests and timeline disagree. */
export function readConsistencyQuery(): Promise<string> {
  return readFile(new URL('./consistency.sql', import.meta.url), 'utf8');
}
