import type pg from 'pg';
import { serialize } from 'pg-protocol';
import type { PlanMode } from './plan-modes.ts';
import { keptOn } from './prepared-statements.ts';
import type { ParameterValue, PreparedStatement, TextRow } from './statement.ts';

/** What the driver keeps of a connection, as far as a statement has to know it. */
interface DriverConnection {
  readonly stream: { write(bytes: Buffer): boolean };
  /** Texts of the statements that this connection has prepared, by name. */
  readonly parsedStatements: Record<string, string | undefined>;
  sync(): void;
}

const execute = serialize.execute();
const executeAndSync = Buffer.concat([execute, serialize.sync()]);

const switchTo: Readonly<Record<PlanMode, Buffer>> = {
  auto: switchText('auto'),
  force_generic_plan: switchText('force_generic_plan'),
  force_custom_plan: switchText('force_custom_plan'),
};

function switchText(mode: PlanMode): Buffer {
  return Buffer.concat([
    serialize.parse({ text: `SET plan_cache_mode = ${mode}`, types: [] }),
    serialize.bind({}),
    execute,
  ]);
}

/** The mode that each connection is in; absent while it is in Postgres' own, `unknown` after a roll-back. */
const modes = new WeakMap<object, PlanMode | 'unknown'>();

/** True for a connection that statements have left in another mode than Postgres' own, or may have. */
export function isModeChanged(client: pg.ClientBase): boolean {
  return (modes.get(connectionOf(client)) ?? 'auto') !== 'auto';
}

/** Notes what was done to a connection's mode by other means than a `TextQuery`. */
export function noteMode(client: pg.ClientBase, mode: PlanMode | 'unknown'): void {
  modes.set(connectionOf(client), mode);
}

function connectionOf(client: pg.ClientBase): object {
  return (client as unknown as { readonly connection: object }).connection;
}

/**
 * One statement whose parameters and columns are all text, for the driver's queue. It sends one packet and
 * asks for no description of the columns, which `pg.Query` would need to find parsers for their types.
 *
 * Source: PostgreSQL documentation, "Message Flow", extended query.
 */
export class TextQuery implements pg.Submittable {
  /** The driver notes a prepared statement by these two once Postgres has parsed it. */
  name: string | undefined;
  readonly text: string;
  readonly #values: readonly ParameterValue[];
  readonly #rows: TextRow[] = [];
  #error: Error | undefined;
  readonly #settled = Promise.withResolvers<readonly TextRow[]>();
  /** Null leaves the connection as it is. */
  readonly #mode: PlanMode | null;

  constructor(statement: PreparedStatement, values: readonly ParameterValue[], mode: PlanMode | null = null) {
    this.#mode = mode;
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
    const { text } = this;
    const packet: Buffer[] = [];
    if (this.name !== undefined) {
      const { isKept, forgotten } = keptOn(connection).use(this.name, text);
      for (const name of forgotten) {
        delete connection.parsedStatements[name];
        packet.push(serialize.close({ type: 'S', name }));
      }
      if (!isKept) this.name = undefined;
    }
    const name = this.name ?? '';
    const isPrepared = name !== '' && connection.parsedStatements[name] !== undefined;
    // Only with a statement that is there already: the driver would take the switch's being parsed for the statement's.
    if (isPrepared && this.#mode !== null && this.#mode !== (modes.get(connection) ?? 'auto')) {
      packet.push(switchTo[this.#mode]);
      modes.set(connection, this.#mode);
    }
    if (!isPrepared) packet.push(serialize.parse({ name, text, types: [] }));
    packet.push(
      serialize.bind({ statement: name, values: this.#values as ParameterValue[] }),
      executeAndSync,
    );
    connection.stream.write(Buffer.concat(packet));
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
  handleError(error: Error, driver: pg.Connection): void {
    // All of the packet is undone, the switch of the mode with it.
    if (modes.has(driver)) modes.set(driver, 'unknown');
    this.#error = error;
    this.#settled.reject(error);
  }
}
