import pg from 'pg';

/** The statements sent to Postgres since the last clear. */
export interface StatementLog {
  texts(): readonly string[];
  clear(): void;
  stop(): void;
}

// What belongs to no operation: transactions, and what the engine asks of its own tables in the background.
const ownWords = /^(BEGIN|COMMIT|ROLLBACK|SELECT set_config|SELECT to_regclass)|hdb_catalog/;

/** Listens to every statement that this process sends through the driver. */
export function watchStatements(): StatementLog {
  const seen: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function watched(this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    if (text !== undefined && !ownWords.test(text)) seen.push(text);
    return (original as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof original;
  return {
    texts: () => [...seen],
    clear: () => {
      seen.length = 0;
    },
    stop: () => {
      pg.Client.prototype.query = original;
    },
  };
}
