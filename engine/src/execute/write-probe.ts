/**
 * Whether Postgres can still write. Reads go on for long on a full disk or a standby, so asking for a row does not tell.
 *
 * The probe needs no table and no right: it reads whether the server is in recovery, and collects more rows than
 * its memory holds, so that Postgres has to find room for a new file, which it removes again.
 */

import type { Pool } from './pool.ts';

/** Health is asked by several watchers at once and more often than a disk fills up. */
const ASK_AGAIN_AFTER_MS = 5000;

const PROBE = `BEGIN; SET LOCAL statement_timeout = 4000; SET LOCAL work_mem = '64kB';
  SELECT pg_is_in_recovery() AS standby;
  SELECT count(*) FROM generate_series(1, 20000);
  COMMIT`;

/** What is wrong by what Postgres says to the probe. */
const PROBLEMS: Readonly<Record<string, string>> = {
  '53100': 'its disk is full',
  '53200': 'it is out of memory',
  '53400': 'it may write no temporary files (temp_file_limit)',
};

/** Asks now and then, and remembers the answer in between. */
export class WriteProbe {
  readonly #pool: Pool;
  #problem: Promise<string | null> | undefined;
  #askedAt = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Why nothing can be written, in words for operators; null when all is well. */
  findProblem(now = Date.now()): Promise<string | null> {
    if (this.#problem === undefined || Math.abs(now - this.#askedAt) >= ASK_AGAIN_AFTER_MS) {
      this.#askedAt = now;
      this.#problem = this.#ask();
    }
    return this.#problem;
  }

  async #ask(): Promise<string | null> {
    try {
      const isStandby = await this.#pool.withClient(async (client) => {
        // Several statements in one text have several results, which the driver's types do not say.
        const results = (await client.query(PROBE)) as unknown as readonly {
          rows: { standby?: boolean }[];
        }[];
        return results.some(({ rows }) => rows[0]?.standby === true);
      });
      return isStandby ? 'it is a standby' : null;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
      return PROBLEMS[code] ?? `writing fails (${code})`;
    }
  }
}
