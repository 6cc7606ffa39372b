/** Whether the server can do its work. */

import { type Database, DatabaseFailure } from './db.ts';

/** Reads go on for long on a full disk or a standby, so writing is asked for too; no more often than a disk fills up. */
const WRITE_AGAIN_AFTER_MS = 5000;

/** Asks the database what is wrong. One per server. */
export class Health {
  readonly #database: Database;
  #writeProblem: Promise<string | undefined> | undefined;
  #wroteAt = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Undefined when all is well, otherwise what is wrong, in words that tell nothing of the inside. */
  async findProblem(): Promise<string | undefined> {
    return (await problemOf(() => readTables(this.#database))) ?? this.#findWriteProblem();
  }

  #findWriteProblem(): Promise<string | undefined> {
    const now = Date.now();
    if (this.#writeProblem === undefined || Math.abs(now - this.#wroteAt) >= WRITE_AGAIN_AFTER_MS) {
      this.#wroteAt = now;
      this.#writeProblem = problemOf(() => write(this.#database));
    }
    return this.#writeProblem;
  }
}

/** Fails when a table or the right to read it is missing; reads no row. */
async function readTables(database: Database): Promise<void> {
  await database.query(
    `select from public.users, public.vendors, public.tier_upgrade_requests, public.feature_flags,
       private.sessions, private.refresh_tokens, private.rate_limits
     limit 0`,
  );
}

/**
 * Writes a row, always the same and as small as any, and collects more rows than memory holds: the row alone may find room in
 * a page that is there already, while Postgres has to make a file for the rows, which it removes again.
 */
async function write(database: Database): Promise<void> {
  await database.withTransaction(
    async (transaction) => {
      await transaction.query("select set_config('work_mem', '64kB', true)");
      await transaction.query('select count(*) from generate_series(1, 20000)');
      await transaction.query(
        `insert into private.rate_limits (key, points, expire) values ('health', 0, $1)
         on conflict (key) do update set expire = excluded.expire`,
        [Date.now() + 60_000],
      );
    },
    { isolation: 'read committed' },
  );
}

async function problemOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    return PROBLEMS.get(error.sqlstate) ?? 'The database cannot be reached.';
  }
}

const MISSING_TABLES = 'The tables are not there yet: the migrations have to be applied.';
const READ_ONLY = 'The database takes no writes: it is a standby, or set to read only.';

const PROBLEMS: ReadonlyMap<string | undefined, string> = new Map([
  ['42P01', MISSING_TABLES],
  ['3F000', MISSING_TABLES],
  ['42501', 'The action server may not use its tables: its role needs the grants of the migrations.'],
  ['28P01', 'The database refuses the name or the password of ACTIONS_DATABASE_URL.'],
  ['28000', 'The database refuses the name or the password of ACTIONS_DATABASE_URL.'],
  ['3D000', 'The database that ACTIONS_DATABASE_URL names does not exist.'],
  ['25006', READ_ONLY],
  ['53100', 'The database takes no writes: its disk is full.'],
  ['53200', 'The database takes no writes: it is out of memory.'],
  ['53300', 'The database has no connection left.'],
  ['53400', 'The database takes no writes: it may write no temporary files (temp_file_limit).'],
]);
