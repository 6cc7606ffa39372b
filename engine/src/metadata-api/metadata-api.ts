import { randomUUID } from 'node:crypto';
import { assertValidSchema } from 'graphql';
import type pg from 'pg';
import { adminSession, type Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import { fromPostgresError, isDatabaseError } from '../execute/pg-errors.ts';
import { type Pool, type Queryable, queryableOf } from '../execute/pool.ts';
import { isJsonNumber, textOfNumber } from '../json/json-values.ts';
import type { ServingState } from '../serving-state.ts';
import { isObject, kindOf, readName, readObject } from './arguments.ts';
import type { BuildState, Change, InstallState } from './change.ts';
import { refuseOtherSource } from './draft.ts';
import {
  conflict,
  holdResourceVersion,
  loadMetadata,
  lockMetadata,
  readResourceVersion,
  type StoredMetadata,
  saveMetadata,
} from './metadata-store.ts';
import type * as Operations from './operations.ts';
import { namingCommands, refusalOf } from './refused-operations.ts';
import { isReadOnlySql, runReadOnlySql } from './run-sql.ts';

/** What the API works on: the engine behind it. */
export interface MetadataHost {
  readonly pool: Pool;
  current(): ServingState;
  readonly build: BuildState;
  readonly install: InstallState;
  /** Told when an event has been put on the schedule. */
  readonly onScheduled: () => void;
  /** Serves the state from now on; `isRenewed` where clients should start over with the new schema. */
  serve(state: ServingState, isRenewed: boolean): void;
  /** Told of what goes wrong outside any request. */
  readonly report: (error: Error) => void;
}

type Request = Readonly<Record<string, unknown>>;

/**
 * `/v1/metadata`, `/v2/query` and `/v1/query`. A request that may change something is one transaction, from the
 * lock on the stored metadata to its new number; so engines on one database change it in turn, and each of
 * them starts from what the one before has left. The rest only reads.
 */
export class MetadataApi {
  readonly #host: MetadataHost;
  readonly #instanceId = randomUUID();
  #resourceVersion: number;
  /** All that the API can do: much to load, so with the first request. */
  #operations: typeof Operations | undefined;
  /** A stored change that cannot be served; not tried again until there is another one. */
  #refusedVersion: number | null = null;
  /** Changes of this process wait for each other here, not on connections of the pool. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(host: MetadataHost, resourceVersion: number) {
    this.#host = host;
    this.#resourceVersion = resourceVersion;
  }

  /** Runs what a body asks for; for the admin role alone. */
  async handle(body: unknown, session: Session): Promise<unknown> {
    const request = readObject(body);
    if (typeof request.type !== 'string')
      throw new EngineError('parse-failed', 'key "type" not found', { path: '$' });
    if (!session.isAdmin)
      throw new EngineError('access-denied', 'restricted access : admin only', {
        path: '$.args',
        status: 400,
      });
    this.#operations ??= await import('./operations.ts');
    if (!onlyReads(request, this.#operations)) return this.#inTurn(() => this.#change(request));
    if (!isReadOnlySql(request.type, request.args)) {
      await this.follow();
      this.#refuseOutdated(request);
    }
    return this.#read(request);
  }

  /**
   * Serves what another engine, or `metadata apply`, has stored since. What cannot be served leaves everything
   * as it is and is reported, once for each such change.
   */
  follow(): Promise<void> {
    return this.#inTurn(async () => {
      const { pool, report } = this.#host;
      const version = await readResourceVersion(pool);
      if (version === this.#resourceVersion || version === this.#refusedVersion) return;
      const stored = await loadMetadata(pool);
      if (!stored) return;
      try {
        await this.#take(stored, pool, (state, before) =>
          this.#installIfNewest(stored.resourceVersion, state, before),
        );
      } catch (thrown) {
        if (!(thrown instanceof EngineError)) throw thrown;
        report(new Error(`The stored metadata cannot be served, so the old one stays: ${thrown.message}`));
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /**
   * Installs the triggers of metadata that was read before, unless newer is stored by now: its triggers are there
   * already, and an engine that lags behind would take them away, with the events of the time until it has followed.
   */
  async #installIfNewest(version: number, state: ServingState, before: ServingState): Promise<void> {
    await this.#host.pool.withClient(async (client) => {
      await client.query('BEGIN');
      if ((await holdResourceVersion(queryableOf(client))) === version)
        await this.#host.install(state, before, client);
      await client.query('COMMIT');
    });
  }

  async #take(
    stored: StoredMetadata,
    database: Queryable,
    install: (state: ServingState, before: ServingState) => Promise<void> = this.#host.install,
  ): Promise<void> {
    const before = this.#host.current();
    this.#refusedVersion = stored.resourceVersion;
    const { refuseUnsupported } = await import('./change.ts');
    refuseUnsupported(stored.metadata);
    const state = await this.#host.build(database, stored.metadata);
    await install(state, before);
    this.#refusedVersion = null;
    this.#resourceVersion = stored.resourceVersion;
    const isRenewed =
      before.catalog.fingerprint !== state.catalog.fingerprint ||
      JSON.stringify(before.metadata) !== JSON.stringify(stored.metadata);
    this.#host.serve(state, isRenewed);
  }

  #refuseOutdated({ resource_version: expected }: Request): void {
    if (expected === undefined || expected === null) return;
    // A version that cannot be read may not pass for none: whoever sent it asked for the check.
    if (!isJsonNumber(expected) || !/^-?\d+$/.test(textOfNumber(expected))) {
      const found = isJsonNumber(expected) ? `floating number ${textOfNumber(expected)}` : kindOf(expected);
      throw new EngineError(
        'parse-failed',
        `parsing Int64 failed, expected Number, but encountered ${found}`,
        { path: '$.resource_version' },
      );
    }
    if (expected !== this.#resourceVersion) throw conflict(textOfNumber(expected));
  }

  #change(request: Request): Promise<unknown> {
    return this.#host.pool.withClient(async (client, closeAfterwards) => {
      try {
        await client.query('BEGIN');
        return await this.#changeOn(client, request, closeAfterwards);
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw isDatabaseError(error) ? fromPostgresError(error) : error;
      }
    });
  }

  async #changeOn(client: pg.ClientBase, request: Request, closeAfterwards: () => void): Promise<unknown> {
    const database = queryableOf(client);
    const stored = await lockMetadata(database);
    if (stored && stored.resourceVersion !== this.#resourceVersion) await this.#take(stored, database);
    this.#refuseOutdated(request);
    const before = this.#host.current();
    const { Change } = await import('./change.ts');
    const change = new Change(client, before, this.#host);
    const answer = await this.#run(request, change);
    if (change.state !== before) refuseUnservable(change.state);
    const version = change.isLoud
      ? await saveMetadata(client, change.state.metadata, this.#resourceVersion, this.#instanceId)
      : this.#resourceVersion;
    await client.query('COMMIT');
    if (change.isSpoilt) closeAfterwards();
    this.#resourceVersion = version;
    if (change.isScheduling) this.#host.onScheduled();
    if (change.state !== before) this.#host.serve(change.state, change.isRenewed);
    return answer;
  }

  async #run(request: Request, change: Change): Promise<unknown> {
    const type = String(request.type);
    switch (type) {
      case 'bulk':
      case 'bulk_atomic':
      case 'concurrent_bulk':
        return this.#bulk(request.args, (item) => this.#run(item, change));
      case 'bulk_keep_going':
        return this.#bulk(request.args, (item) => survive(() => change.apart(() => this.#run(item, change))));
    }
    const operation = this.#operations?.findOperation(type, readVersion(request.version));
    if (operation) return change.apply(operation, readArgs(request.args));
    return this.#read(request, change);
  }

  /** A request that changes nothing; inside a change it sees what the operations before it have done. */
  async #read(request: Request, change?: Change): Promise<unknown> {
    const type = String(request.type);
    const { pool } = this.#host;
    const state = change?.state ?? this.#host.current();
    refuseOtherSource(state.metadata.sources, readArgs(request.args));
    if (isReadOnlySql(type, request.args)) return runReadOnlySql(pool, request.args);
    if (type === 'concurrent_bulk') return Promise.all(itemsOf(request.args).map((item) => this.#read(item)));
    if (type === 'bulk_keep_going')
      return this.#bulk(request.args, (item) => survive(() => this.#read(item)));
    if (bulkTypes.has(type)) return this.#bulk(request.args, (item) => this.#read(item));
    const operation = this.#operations?.findReadOperation(type);
    const refusal = operation ? undefined : refusalOf(type);
    if (namingCommands.has(type)) refuseEmptyName(readArgs(request.args));
    if (refusal !== undefined) throw new EngineError('not-supported', refusal, { path: '$.args' });
    if (!operation)
      throw new EngineError('parse-failed', `unknown metadata command “${type}”`, { path: '$' });
    return operation(
      {
        state,
        resourceVersion: this.#resourceVersion,
        database: change?.database ?? pool,
        pool,
      },
      readArgs(request.args),
      readVersion(request.version),
    );
  }

  /** One after another; a mistake is told with its place. */
  async #bulk(args: unknown, run: (item: Request) => Promise<unknown>): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (const [index, item] of itemsOf(args).entries()) {
      try {
        answers.push(await run(item));
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        throw error.at(error.path.replace(/^\$(\.args)?/, `$.args[${index}].args`));
      }
    }
    return answers;
  }
}

const bulkTypes: ReadonlySet<string> = new Set(['bulk', 'bulk_atomic', 'bulk_keep_going', 'concurrent_bulk']);

function itemsOf(args: unknown): Request[] {
  if (!Array.isArray(args)) throw new EngineError('parse-failed', 'bulk takes a list', { path: '$.args' });
  return args.map((item, index) => readObject(item, `$.args[${index}]`));
}

/** Whether nothing in a request can change anything; what nobody knows is among it. */
function onlyReads({ type, args, version }: Request, operations: typeof Operations): boolean {
  if (bulkTypes.has(String(type))) return itemsOf(args).every((item) => onlyReads(item, operations));
  return (
    isReadOnlySql(type, args) || operations.findOperation(String(type), readVersion(version)) === undefined
  );
}

/** The error of an operation in the place of its answer. */
async function survive(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { path: error.path, error: error.message, code: error.code };
  }
}

/** `track_table` and its like may be given a bare name. */
function readArgs(args: unknown): Request {
  if (typeof args === 'string') return { name: args };
  return isObject(args) ? args : {};
}

/** Whatever slipped through the checks of metadata must not take the schema away from everybody. */
function refuseUnservable(state: ServingState): void {
  try {
    assertValidSchema(state.roleSchemas.get(adminSession.role, adminSession.backendOnly).schema);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineError('unexpected', `no GraphQL schema can be made of it: ${why}`, { path: '$.args' });
  }
}

/** The reference reads all of a command before it asks whether it can be obeyed. */
function refuseEmptyName(args: Request): void {
  if (args.name === '') readName(args, 'name');
}

function readVersion(value: unknown): 1 | 2 {
  if (value === undefined || value === 1 || value === 2) return value ?? 1;
  throw new EngineError('parse-failed', `expected 1 or 2, encountered ${JSON.stringify(value)}`, {
    path: '$.version',
  });
}
