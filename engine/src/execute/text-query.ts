import type pg from 'pg';
import { serialize } from 'pg-protocol';
import type { ParameterValue, PreparedStatement, TextRow } from './pool.ts';

/** What the driver keeps of a connection, as far as a statement has to know it. */
interface DriverConnection {
  readonly stream: { write(bytes: Buffer): boolean };
  /** Texts of the statements that this connection has prepared, by name. */
  readonly parsedStatements: Record<string, string | undefined>;
  sync(): void;
}

const executeAndSync = Buffer.concat([serialize.execute(), serialize.sync()]);

/**
 * One statement whose parameters and columns are all text, for the driver's queue. It sends one packet and
 * asks for no description of the columns, which `pg.Query` would need to find parsers for their types.
 *
 * Source: PostgreSQL documentation, "Message Flow", extended query.
 */
export class TextQuery implements pg.Submittable {
  /** The driver notes a prepared statement by these two once Postgres has parsed it. */
  readonly name: string | undefined;
  readonly text: string;
  readonly #values: readonly ParameterValue[];
  readonly #rows: TextRow[] = [];
  #error: Error | undefined;
  readonly #settled = Promise.withResolvers<readonly TextRow[]>();

  constructor(statement: PreparedStatement, values: readonly ParameterValue[]) {
    this.name = statement.name;
    this.text = statement.text;
    this.#values = values;
  }

  /** All rows, or the error of Postgres or of the connection. */
  get rows(): Promise<readonly TextRow[]> {
    return this.#settled.promise;
  }

  submit(driver: pg.Connection): void {
    const connection = driver as unknown as DriverConnection;
    const { name = '', text } = this;
    const bind = serialize.bind({ statement: name, values: this.#values as ParameterValue[] });
    const isPrepared = name !== '' && connection.parsedStatements[name] !== undefined;
    connection.stream.write(
      Buffer.concat(
        isPrepared
          ? [bind, executeAndSync]
          : [serialize.parse({ name, text, types: [] }), bind, executeAndSync],
      ),
    );
  }

  handleDataRow(message: { readonly fields: TextRow }): void {
    this.#rows.push(message.fields);
  }

  handleCommandComplete(): void {
    // The rows are complete only when the server is ready again: until then an error may follow.
  }

  handleEmptyQuery(): void {
    // No rows, and no error either.
  }

  handleReadyForQuery(): void {
    if (this.#error) this.#settled.reject(this.#error);
    else this.#settled.resolve(this.#rows);
  }

  /** Called by Postgres' refusals, after which it still says that it is ready, and when the connection is lost. */
  handleError(error: Error): void {
    this.#error = error;
    this.#settled.reject(error);
  }
}
