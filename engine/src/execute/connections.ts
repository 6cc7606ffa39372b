import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EngineError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { type Party, Turns } from '../guards/turns.ts';
import { allowAnswer, guardAnswers } from './answer-guard.ts';
import { Deadline } from './deadline.ts';
import { cancelStatement, cutLine } from './driver.ts';
import { LineWatch } from './line-watch.ts';
import { fromPostgresError } from './pg-errors.ts';
import type { StatementLimits } from './statement-limits.ts';

/** How the pool reaches Postgres. */
export interface PoolSettings {
  readonly databaseUrl: string;
  readonly maxConnections: number;
  /** Milliseconds until waiting for a connection is given up. */
  readonly connectTimeoutMs: number;
  /** How often a failed attempt to get a connection is repeated at once. */
  readonly connectRetries: number;
  /** Seconds after which an unused connection is closed. */
  readonly idleTimeoutSeconds: number;
  /** Seconds after which a connection is replaced, so that what it has prepared does not grow for ever. */
  readonly lifetimeSeconds: number;
  readonly applicationName: string;
  /** Milliseconds between looks for statements whose answer will never come; 5000 unless told. */
  readonly watchIntervalMs?: number;
  /** Told of errors on idle connections, which would otherwise end the process. */
  readonly onIdleError: (error: Error) => void;
}

const defaultWatchMs = 5000;
/** Idle time on a line after which the operating system asks whether somebody is at its other end. */
const keepAliveMs = 10_000;
/** How long Postgres may take to accept and to follow a request to cancel. */
const cancelMs = 2000;
/** How long no more connections are tried for once Postgres has refused one. */
const holdBackMs = 1000;
/** Between two tries while connections are held back. */
const retryMs = 20;
/** How long the server may take to close a connection that is done with. */
const endMs = 1000;
/** How long connections in use may take to come back when all is to end. */
const closeMs = 5000;

/** Connections to Postgres: taken, given back, and given up when the other side says nothing any more. */
export class Connections {
  readonly #settings: PoolSettings;
  readonly #pool: pg.Pool;
  /** Connected, in use or not, and not on their way out. */
  readonly #live = new Set<pg.ClientBase>();
  /** Those on their way out too. */
  readonly #open = new Set<pg.ClientBase>();
  readonly #inUse = new Set<pg.ClientBase>();
  readonly #turns = new Turns();
  /** Whose turn a connection in use is. */
  readonly #parties = new Map<pg.PoolClient, readonly Party[]>();
  readonly #givenUp = new WeakSet<pg.ClientBase>();
  readonly #watch: LineWatch;
  #holdingBack: NodeJS.Timeout | undefined;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    const { onIdleError } = settings;
    this.#pool = new pg.Pool({
      connectionString: settings.databaseUrl,
      max: settings.maxConnections,
      connectionTimeoutMillis: settings.connectTimeoutMs,
      application_name: settings.applicationName,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
      idleTimeoutMillis: settings.idleTimeoutSeconds * 1000,
      maxLifetimeSeconds: settings.lifetimeSeconds,
    });
    this.#pool.on(
      'error',
      guarded((error: Error, client: pg.PoolClient) => {
        if (!this.#givenUp.has(client)) onIdleError(error);
      }, heardElsewhere),
    );
    this.#pool.on(
      'connect',
      guarded((client: pg.PoolClient) => {
        // The statement tells its caller that the connection is lost; the event without a listener would end the process.
        client.on('error', heardElsewhere);
        this.#keepCount(client);
        guardAnswers(client);
      }, onIdleError),
    );
    this.#watch = new LineWatch({
      databaseUrl: settings.databaseUrl,
      applicationName: settings.applicationName,
      intervalMs: settings.watchIntervalMs ?? defaultWatchMs,
      clients: () => this.#inUse,
      onDead: (client) => {
        cutLine(client);
        this.#giveUpIdle();
      },
      onError: onIdleError,
    });
  }

  /**
   * Takes a connection for one piece of work, on which Postgres may send `answerBytes`. Where Postgres has no slot for
   * another connection, it is the next one that is given back.
   */
  async take({ answerBytes, parties }: StatementLimits, deadline?: Deadline): Promise<pg.PoolClient> {
    for (const [index, party] of parties.entries()) {
      try {
        await this.#turn(party, deadline);
      } catch (error) {
        this.#leave(parties.slice(0, index));
        throw error;
      }
    }
    try {
      const client = await this.#connect(answerBytes, deadline);
      if (parties.length > 0) this.#parties.set(client, parties);
      return client;
    } catch (error) {
      this.#leave(parties);
      throw error;
    }
  }

  async #connect(answerBytes: number, deadline: Deadline | undefined): Promise<pg.PoolClient> {
    const until = performance.now() + this.#settings.connectTimeoutMs;
    let retries = this.#settings.connectRetries;
    for (;;) {
      try {
        const client = await this.#next(deadline);
        this.#inUse.add(client);
        allowAnswer(client, answerBytes);
        return client;
      } catch (error) {
        if (error instanceof EngineError) throw error;
        if (this.#live.size > 0 && !this.#pool.ending && performance.now() < until) await this.#holdBack();
        else if (retries > 0) retries -= 1;
        else throw fromPostgresError(error);
      }
    }
  }

  /** Returns a connection to the pool. */
  giveBack(client: pg.PoolClient): void {
    this.#end(client);
    client.release();
  }

  /** Closes a connection that nobody else may meet. */
  drop(client: pg.PoolClient): void {
    this.#end(client);
    cutLine(client);
    client.release(true);
  }

  /**
   * Cancels a statement whose time is over, and frees its connection once Postgres has done so. If Postgres says nothing,
   * the connection is cut, and so are the idle ones: they may be as dead.
   */
  async abandon(client: pg.PoolClient, work: Promise<unknown>): Promise<void> {
    const cancelling = cancelStatement(client, cancelMs).then(
      () => true,
      (error: Error) => {
        this.#settings.onIdleError(error);
        return false;
      },
    );
    const ended = work.then(
      () => 'done',
      (error) =>
        error instanceof EngineError && error.code === 'time-limit-exceeded' ? 'cancelled' : 'failed',
    );
    const end = await Promise.race([ended, sleep(cancelMs, 'silent', { ref: false })]);
    // If the statement ended otherwise, the request to cancel may still come and would meet the next one.
    if (end === 'cancelled' && (await cancelling)) return this.giveBack(client);
    this.drop(client);
    if (end === 'silent') this.#giveUpIdle();
  }

  /** Notes that a connection is not in use any more, and gives back the turns taken for it. */
  #end(client: pg.PoolClient): void {
    this.#inUse.delete(client);
    const parties = this.#parties.get(client);
    if (!parties) return;
    this.#parties.delete(client);
    this.#leave(parties);
  }

  #turn(party: Party, deadline: Deadline | undefined): Promise<void> | undefined {
    let leave: (() => void) | undefined;
    const turn = this.#turns.take(party, (given) => {
      leave = given;
    });
    if (!turn) return undefined;
    // Without a limit of the operation, as long as for a connection.
    const end = deadline ?? new Deadline(this.#settings.connectTimeoutMs / 1000);
    return end
      .limit(turn, () => leave?.())
      .finally(() => {
        if (!deadline) end.clear();
      });
  }

  #leave(parties: readonly Party[]): void {
    for (const party of parties) this.#turns.leave(party);
  }

  stats(): { total: number; idle: number; waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  /** Ends once all are given back, or cuts those that are not in time. */
  async close(): Promise<void> {
    this.#watch.stop();
    clearTimeout(this.#holdingBack);
    const cutAll = (): void => {
      for (const client of this.#open) cutLine(client);
    };
    const timer = setTimeout(guarded(cutAll, this.#settings.onIdleError), closeMs);
    await this.#pool.end();
    clearTimeout(timer);
    // The polite end is one message, which a live server answers by closing.
    const closed = [...this.#open].map((client) => once(client, 'end'));
    await Promise.race([Promise.allSettled(closed), sleep(endMs, undefined, { ref: false })]);
    cutAll();
  }

  #keepCount(client: pg.PoolClient): void {
    this.#open.add(client);
    this.#live.add(client);
    const end = client.end.bind(client);
    client.end = ((...args: Parameters<typeof end>) => {
      this.#live.delete(client);
      return end(...args);
    }) as typeof end;
    client.once(
      'end',
      guarded(() => {
        this.#open.delete(client);
        this.#live.delete(client);
      }, this.#settings.onIdleError),
    );
  }

  #next(deadline: Deadline | undefined): Promise<pg.PoolClient> {
    const connecting = this.#pool.connect();
    if (!deadline) return connecting;
    return deadline.limit(connecting, () => {
      connecting.then(
        (client) => client.release(),
        () => undefined,
      );
    });
  }

  /** Opens no more connections for a while: requests wait for the next one that is given back. */
  async #holdBack(): Promise<void> {
    const { options } = this.#pool;
    options.max = Math.max(1, this.#live.size);
    clearTimeout(this.#holdingBack);
    this.#holdingBack = setTimeout(
      guarded(() => {
        options.max = this.#settings.maxConnections;
      }, this.#settings.onIdleError),
      holdBackMs,
    );
    this.#holdingBack.unref();
    await sleep(retryMs);
  }

  #giveUpIdle(): void {
    const idle = [...this.#live].filter((client) => !this.#inUse.has(client));
    for (const client of idle) {
      this.#givenUp.add(client);
      cutLine(client);
    }
    this.#settings.onIdleError(
      new Error(`Postgres does not answer on a connection; that and ${idle.length} idle ones were given up`),
    );
  }
}
