/** Whether the server can do its work. */

import { type Database, DatabaseFailure } from './db.ts';

/** Undefined when all is well, otherwise what is wrong, in words that tell nothing of the inside. */
export async function findProblem(database: Database): Promise<string | undefined> {
  try {
    // Fails when a table or the right to read it is missing; reads no row.
    await database.query(
      `select from public.users, public.vendors, public.tier_upgrade_requests, public.feature_flags,
         private.sessions, private.refresh_tokens, private.rate_limits
       limit 0`,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    return PROBLEMS.get(error.sqlstate) ?? 'The database cannot be reached.';
  }
}

const MISSING_TABLES = 'The tables are not there yet: the migrations have to be applied.';

const PROBLEMS: ReadonlyMap<string | undefined, string> = new Map([
  ['42P01', MISSING_TABLES],
  ['3F000', MISSING_TABLES],
  ['42501', 'The action server may not read its tables: its role needs the grants of the migrations.'],
  ['28P01', 'The database refuses the name or the password of ACTIONS_DATABASE_URL.'],
  ['28000', 'The database refuses the name or the password of ACTIONS_DATABASE_URL.'],
  ['3D000', 'The database that ACTIONS_DATABASE_URL names does not exist.'],
]);
