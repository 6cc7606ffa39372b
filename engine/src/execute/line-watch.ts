import pg from 'pg';
import { guarded, heardElsewhere } from '../guarded.ts';
import { isWaiting, processIdOf, socketOf } from './driver.ts';
import { isConnectionError } from './pg-errors.ts';

/** How a watch looks after connections. */
export interface LineWatchOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  /** Milliseconds between looks. */
  readonly intervalMs: number;
  /** The connections in use. */
  readonly clients: () => Iterable<pg.ClientBase>;
  /** Told of a connection whose other side has gone without a word. */
  readonly onDead: (client: pg.ClientBase) => void;
  readonly onError: (error: Error) => void;
}

/** Looks in a row without a byte after which the server is asked what it knows of a connection. */
const quietLooks = 3;
/** How long the server may take to answer. */
const askMs = 3000;
/** Answers in a row that a statement is not under way, since one alone may have crossed its answer. */
const answersNeeded = 2;

interface Seen {
  bytes: number;
  quiet: number;
  misses: number;
}

/**
 * Finds statements that wait for ever: without a time limit they may rightly take hours, but then the server is at
 * work on them. It is asked over a connection of its own, since a line whose other side goes on acknowledging (a pooler,
 * a balancer) looks alive to TCP. Costs nothing while statements are short.
 */
export class LineWatch {
  readonly #options: LineWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #seen = new WeakMap<pg.ClientBase, Seen>();
  #isAsking = false;

  constructor(options: LineWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(
      guarded(() => this.#look(), options.onError),
      options.intervalMs,
    );
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const suspects = [...this.#options.clients()].filter((client) => this.#isQuiet(client));
    if (suspects.length === 0 || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const atWork = await this.#askServer(suspects);
      for (const client of suspects) {
        const seen = this.#seen.get(client);
        if (!seen) continue;
        seen.misses = atWork === null || atWork.has(processIdOf(client)) ? 0 : seen.misses + 1;
        if (seen.misses >= answersNeeded) this.#options.onDead(client);
      }
    } finally {
      this.#isAsking = false;
    }
  }

  #isQuiet(client: pg.ClientBase): boolean {
    const { bytesRead, bytesWritten } = socketOf(client);
    const bytes = bytesRead + bytesWritten;
    const seen = this.#seen.get(client);
    if (!isWaiting(client) || seen?.bytes !== bytes) {
      this.#seen.set(client, { bytes, quiet: 0, misses: 0 });
      return false;
    }
    seen.quiet += 1;
    return seen.quiet >= quietLooks;
  }

  /** The server processes that run a statement; none when it cannot be reached, null when that cannot be told. */
  async #askServer(suspects: readonly pg.ClientBase[]): Promise<ReadonlySet<number> | null> {
    const { databaseUrl, applicationName } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: askMs,
      query_timeout: askMs,
    });
    // The query fails as well.
    client.on('error', heardElsewhere);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number; own: boolean }>(
        `SELECT pid, pid = pg_backend_pid() AS own FROM pg_stat_activity
         WHERE state IS DISTINCT FROM 'idle' AND (pid = ANY ($1::int[]) OR pid = pg_backend_pid())`,
        [suspects.map(processIdOf)],
      );
      // A pooler in between has made up the numbers that it gave out.
      const own = rows.find((row) => row.own);
      return own?.pid === processIdOf(client) ? new Set(rows.map(({ pid }) => pid)) : null;
    } catch (error) {
      // An answer such as that there are no slots left comes from a server that is there.
      return isConnectionError(error) || /timeout/i.test((error as Error).message) ? new Set() : null;
    } finally {
      socketOf(client).destroy();
    }
  }
}
