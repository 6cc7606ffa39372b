import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startThrowAwayPostgres } from '@tierline/postgres';
import { PROJECT_ROOT } from '../project.ts';
import type { GeneratedFile } from './compare.ts';

/** The roles whose clients are typed; `admin` is nobody's role but the operator's. */
const ROLES = ['anonymous', 'app_admin', 'vendor'] as const;

const HEADER =
  '# Written by `npm run codegen` from hasura/. What each role can see changes here, for review.\n\n';

/** The schema of each role as the engine serves it, from the project's migrations and metadata alone. */
export async function printRoleSchemas(): Promise<GeneratedFile[]> {
  const postgres = await startThrowAwayPostgres();
  try {
    await runEngine(['migrate', 'apply'], postgres.url);
    return await Promise.all(
      ROLES.map(async (role) => ({
        path: `schema/${role}.graphql`,
        content: `${HEADER}${(await runEngine(['schema', '--role', role], postgres.url)).trim()}\n`,
      })),
    );
  } finally {
    await postgres.stop();
  }
}

/** Metadata names these variables; no request is made, so any value does. */
const PLACEHOLDERS = { ACTIONS_BASE_URL: 'http://127.0.0.1:4000', ACTION_SECRET: 'not-used-for-printing' };

async function runEngine(args: readonly string[], databaseUrl: string): Promise<string> {
  const script = join(PROJECT_ROOT, 'engine/bin/hasura-engine.js');
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [script, ...args, '--project', 'hasura'],
    {
      cwd: PROJECT_ROOT,
      env: { ...process.env, ...PLACEHOLDERS, HASURA_GRAPHQL_DATABASE_URL: databaseUrl },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (/^inconsistent /m.test(stderr)) throw new Error(`The metadata is inconsistent:\n${stderr.trim()}`);
  return stdout;
}
