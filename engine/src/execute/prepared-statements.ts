import { LruCache } from '../request/lru-cache.ts';

/** How many bytes the statements that one connection keeps prepared may take in its Postgres process, as estimated. */
const maxBytes = 20 * 1024 * 1024;
/**
 * What a prepared statement takes there: its text, its tree, its plan. Measured with `pg_backend_memory_contexts` over
 * statements of this engine: 24 kB for the shortest, 40 to 90 bytes for each character of longer ones.
 */
const statementBytes = 24 * 1024;
const bytesPerCharacter = 64;

const nothing: readonly string[] = [];

/** What one connection keeps prepared. Those not used for long are forgotten, so that no process grows for ever. */
export class PreparedStatements {
  #forgotten: string[] = [];
  readonly #kept = new LruCache<true>(maxBytes, { onForgotten: (name) => this.#forgotten.push(name) });

  /**
   * Notes that a statement is about to run: whether it may be kept, which one that is too large may not, and the names of
   * those that Postgres is to let go of before.
   */
  use(name: string, text: string): { readonly isKept: boolean; readonly forgotten: readonly string[] } {
    const isKept =
      this.#kept.get(name) ?? this.#kept.set(name, true, statementBytes + text.length * bytesPerCharacter);
    if (this.#forgotten.length === 0) return isKept ? kept : { isKept, forgotten: nothing };
    const forgotten = this.#forgotten;
    this.#forgotten = [];
    return { isKept, forgotten };
  }
}

const kept = { isKept: true, forgotten: nothing };

const byConnection = new WeakMap<object, PreparedStatements>();

/** What a connection of the driver keeps. */
export function keptOn(connection: object): PreparedStatements {
  let statements = byConnection.get(connection);
  if (!statements) {
    statements = new PreparedStatements();
    byConnection.set(connection, statements);
  }
  return statements;
}
