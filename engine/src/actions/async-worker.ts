import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { asEngineError, EngineError, toApiError } from '../errors.ts';
import { endClient } from '../execute/driver.ts';
import { createLastingClient } from '../execute/lasting-client.ts';
import type { Pool } from '../execute/pool.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { isAsynchronous } from '../schema/action-types.ts';
import type { ServingState } from '../serving-state.ts';
import { finishActionRun } from './action-log.ts';
import { checkOutput } from './check-output.ts';
import {
  type ClaimedRun,
  claimRuns,
  lockRuns,
  releaseOrphans,
  releaseRuns,
  unlockRuns,
} from './claim-runs.ts';
import { declaredOutput } from './to-result.ts';
import type { HandlerDeps } from './types.ts';

/** What the worker needs of the engine around it. */
export interface AsyncWorkerDeps {
  readonly databaseUrl: string;
  readonly pool: Pool;
  /** `HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL`; 0 leaves the work to other engines. */
  readonly fetchIntervalMs: number;
  /** How long running calls may take once the engine is to end. */
  readonly shutdownGraceMs: number;
  readonly handlers: HandlerDeps;
  current(): ServingState;
  readonly onError: (error: Error) => void;
}

/** How many handlers one engine waits for at once. */
const MAX_RUNNING = 10;

/**
 * Calls the handlers of asynchronous actions. Each call is made at least once whatever dies in between: it is
 * done when its outcome is written, and a call whose engine has gone is taken up by another.
 */
export class AsyncActionWorker {
  readonly #deps: AsyncWorkerDeps;
  readonly #running = new Map<string, Promise<void>>();
  /** Calls whose locks are held for nothing; given back in the next round, since a connection does one thing at a time. */
  readonly #done: string[] = [];
  readonly #aborting = new AbortController();
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | null = null;
  #isWanted = false;
  #isStopping = false;

  constructor(deps: AsyncWorkerDeps) {
    this.#deps = deps;
    if (deps.fetchIntervalMs > 0) this.#schedule();
  }

  /** Looks for work at once, since some has just been written down. */
  wake(): void {
    if (this.#isStopping || this.#deps.fetchIntervalMs === 0) return;
    this.#isWanted = true;
    this.#round ??= this.#rounds();
  }

  /** Calls whose handler has not answered yet. */
  get running(): number {
    return this.#running.size;
  }

  /** Takes no more work, waits for what runs, gives back what does not end in time. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    await this.#round;
    const ended = new AbortController();
    const grace = delay(this.#deps.shutdownGraceMs, undefined, { signal: ended.signal }).catch(
      () => undefined,
    );
    await Promise.race([Promise.all(this.#running.values()), grace]);
    ended.abort();
    const unfinished = [...this.#running.keys()];
    this.#aborting.abort();
    await Promise.all(this.#running.values());
    const client = this.#client;
    if (!client) return;
    this.#client = null;
    if (unfinished.length > 0) await releaseRuns(client, unfinished).catch(this.#deps.onError);
    await endClient(client);
  }

  #schedule(): void {
    this.#timer = setTimeout(
      guarded(() => {
        this.wake();
        if (!this.#isStopping) this.#schedule();
      }, this.#deps.onError),
      this.#deps.fetchIntervalMs,
    );
    this.#timer.unref();
  }

  async #rounds(): Promise<void> {
    while (this.#isWanted && !this.#isStopping) {
      this.#isWanted = false;
      try {
        await this.#takeWork();
      } catch (error) {
        // The next round tries again on a new connection.
        this.#deps.onError(error as Error);
        if (this.#client) void endClient(this.#client);
        this.#client = null;
      }
    }
    this.#round = null;
  }

  async #takeWork(): Promise<void> {
    if (!this.#deps.current().source.actions.some(isAsynchronous)) return;
    const client = await this.#connect();
    await unlockRuns(client, this.#done.splice(0));
    await releaseOrphans(client, [...this.#running.keys()]);
    const free = MAX_RUNNING - this.#running.size;
    if (free <= 0) return;
    for (const run of await claimRuns(client, free)) {
      const work = this.#work(run).finally(() => {
        this.#running.delete(run.id);
        this.wake();
      });
      this.#running.set(run.id, work);
    }
  }

  /** The one connection whose locks say what this engine works on. */
  async #connect(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = createLastingClient(this.#deps.databaseUrl, 'hasura-engine async actions');
    // The statement under way, or the next one, fails as well.
    client.on('error', heardElsewhere);
    client.on(
      'end',
      guarded(() => {
        if (this.#client === client) this.#client = null;
      }, this.#deps.onError),
    );
    try {
      await client.connect();
      await lockRuns(client, [...this.#running.keys()]);
    } catch (error) {
      // Locks of a connection that nobody uses would keep others from the work.
      await endClient(client);
      throw error;
    }
    this.#client = client;
    return client;
  }

  async #work(run: ClaimedRun): Promise<void> {
    const outcome = await this.#call(run);
    if (outcome === null) return;
    await this.#write(run.id, outcome);
    this.#done.push(run.id);
  }

  /** What came of a call; null when it was given up unfinished. */
  async #call(run: ClaimedRun): Promise<{ output: unknown } | { errors: unknown } | null> {
    try {
      const { source, roleSchemas } = this.#deps.current();
      const action = source.actions.find(({ name }) => name === run.actionName);
      const result = roleSchemas.get('admin', false).schema.getQueryType()?.getFields()[run.actionName];
      if (!action || !isAsynchronous(action) || !result) {
        throw new EngineError('not-exists', `asynchronous action "${run.actionName}" does not exist`);
      }
      const output = declaredOutput(result.type);
      const { callHandler } = await import('./call-handler.ts');
      const { body } = await callHandler(
        {
          action,
          input: run.input,
          session: { variables: run.sessionVariables },
          clientHeaders: run.requestHeaders,
          requestQuery: null,
          // The same at every attempt, so that a handler can tell a repetition.
          requestId: run.id,
          checkOutput: (answer) => checkOutput(output, answer),
          signal: this.#aborting.signal,
        },
        this.#deps.handlers,
      );
      return { output: body };
    } catch (thrown) {
      if (this.#aborting.signal.aborted) return null;
      return { errors: toApiError(asEngineError(thrown), true) };
    }
  }

  /** A handler that has answered is not called again only because Postgres is away for a moment. */
  async #write(id: string, outcome: { output: unknown } | { errors: unknown }): Promise<void> {
    let written = outcome;
    for (;;) {
      try {
        return await finishActionRun(this.#deps.pool, id, written);
      } catch (error) {
        // Whoever ends does not wait for Postgres: the lock goes with the connection, and another engine calls again.
        if (this.#isStopping) return;
        this.#deps.onError(error as Error);
        if (error instanceof EngineError && error.code === 'data-exception' && written === outcome) {
          // Some JSON Postgres does not hold, such as texts with a zero character: it would be refused for ever.
          written = {
            errors: toApiError(new EngineError('unexpected', 'the answer cannot be stored'), false),
          };
          continue;
        }
        await delay(this.#deps.fetchIntervalMs, undefined, { signal: this.#aborting.signal }).catch(
          () => undefined,
        );
      }
    }
  }
}
