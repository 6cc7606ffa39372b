import { printSchema } from 'graphql';
import { prepareActionLog } from './actions/action-log.ts';
import { AsyncActionWorker } from './actions/async-worker.ts';
import type { HandlerDeps } from './actions/types.ts';
import type { Session } from './auth/session.ts';
import { BackgroundWork } from './background-work.ts';
import type { Engine, EngineOptions, GraphQLAnswer, RequestContext } from './engine-types.ts';
import { EngineError } from './errors.ts';
import type { QueryExecutable } from './execute/executable.ts';
import { type ExplainedField, type ExplainedSubscription, explainOperation } from './execute/explain.ts';
import type { ReadyOperation } from './execute/operation-cache.ts';
import { createPool, type Pool } from './execute/pool.ts';
import { logOperation } from './execute/query-log.ts';
import { runMutation } from './execute/run-mutation.ts';
import { runQuery } from './execute/run-query.ts';
import { unlimited } from './execute/statement-limits.ts';
import { WriteProbe } from './execute/write-probe.ts';
import { boundsOf } from './guards/bounds.ts';
import { clientKey } from './guards/client-key.ts';
import { RateLimiter } from './guards/rate-limiter.ts';
import { installTriggers } from './install-triggers.ts';
import { silentLog } from './log.ts';
import { emptyMetadata } from './metadata-api/draft.ts';
import { MetadataApi } from './metadata-api/metadata-api.ts';
import { loadMetadata, prepareMetadataStore, SCHEMA_SYNC_CHANNEL } from './metadata-api/metadata-store.ts';
import { storeMetadata } from './metadata-api/store-metadata.ts';
import type { ActionRootPlan } from './plan/types.ts';
import { limitsOf } from './request/limits.ts';
import type { GraphQLRequest } from './request/parse-document.ts';
import { matchEndpoint, type RestMatch } from './rest/endpoints.ts';
import { describeEndpoints } from './rest/open-api.ts';
import { scheduleChannel } from './scheduled/scheduled-catalog.ts';
import { SchemaSync } from './schema-sync/schema-sync.ts';
import {
  buildState,
  defaultConnections,
  type ServingSettings,
  type ServingState,
  servingSettings,
} from './serving-state.ts';
import type { Inconsistency } from './source/types.ts';
import { ActionResults, type ResultsLook } from './subscriptions/action-results.ts';
import type { SubscriptionSink } from './subscriptions/cohort.ts';
import type { Subscription } from './subscriptions/membership.ts';
import { PollGate } from './subscriptions/poll-gate.ts';
import type { Follower } from './subscriptions/statement-ledger.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';

/** Postgres' names of the levels that metadata names. */
const isolationLevels = {
  'read-committed': 'read committed',
  'repeatable-read': 'repeatable read',
  serializable: 'serializable',
} as const;

const defaultPoolTimeoutSeconds = 10;
const defaultRetries = 1;
const defaultIdleSeconds = 180;
const defaultLifetimeSeconds = 600;
const defaultPolling = { refetchIntervalMs: 1000, batchSize: 100 };
const defaultSyncIntervalMs = 1000;
const defaultFetchIntervalMs = 1000;
const defaultShutdownGraceMs = 10_000;
/** A database that takes longer to say hello does not work. */
const pingLimits = { ...unlimited, seconds: 5 };

/** Joins metadata and catalog, and answers requests from then on. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const pool = createPool({
    databaseUrl: options.databaseUrl,
    maxConnections: options.maxConnections ?? defaultConnections,
    connectTimeoutMs: (options.poolSettings?.pool_timeout ?? defaultPoolTimeoutSeconds) * 1000,
    connectRetries: options.poolSettings?.retries ?? defaultRetries,
    idleTimeoutSeconds: options.poolSettings?.idle_timeout ?? defaultIdleSeconds,
    lifetimeSeconds: options.poolSettings?.connection_lifetime ?? defaultLifetimeSeconds,
    applicationName: 'hasura-engine',
    onIdleError: options.onBackgroundError ?? (() => undefined),
  });
  try {
    const settings = servingSettings(options);
    await prepareMetadataStore(pool);
    const stored =
      options.metadata && options.storesMetadata
        ? await storeMetadata(pool, options.metadata)
        : await loadMetadata(pool);
    await prepareActionLog(pool);
    const metadata = options.metadata ?? stored?.metadata ?? emptyMetadata();
    const state = await buildState(pool, metadata, settings);
    if (options.events !== false) await installTriggers(pool, state);
    return new PostgresEngine(options, settings, pool, state, stored?.resourceVersion ?? 0);
  } catch (error) {
    await pool.close();
    throw error;
  }
}

class PostgresEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #settings: ServingSettings;
  readonly #pool: Pool;
  readonly #writeProbe: WriteProbe;
  readonly #subscriptions: Subscriptions;
  readonly #actionResults: ActionResults;
  readonly #metadataApi: MetadataApi;
  readonly #rateLimiter = new RateLimiter();
  readonly #schemaSync: SchemaSync | null;
  readonly #background: BackgroundWork;
  readonly #handlers: HandlerDeps;
  readonly #asyncActions: AsyncActionWorker;
  #state: ServingState;

  constructor(
    options: EngineOptions,
    settings: ServingSettings,
    pool: Pool,
    state: ServingState,
    resourceVersion: number,
  ) {
    this.#options = options;
    this.#settings = settings;
    this.#pool = pool;
    this.#writeProbe = new WriteProbe(pool);
    this.#state = state;
    const onError = options.onBackgroundError ?? (() => undefined);
    const gate = new PollGate(options.maxConnections ?? defaultConnections);
    this.#subscriptions = new Subscriptions(pool, {
      liveQueries: { ...defaultPolling, ...options.liveQueries, gate, onError },
      streams: { ...defaultPolling, ...options.streams, gate, onError },
    });
    this.#actionResults = new ActionResults(
      options.liveQueries?.refetchIntervalMs ?? defaultPolling.refetchIntervalMs,
      gate,
    );
    const { events = {} } = options;
    this.#background = new BackgroundWork({
      ...(events === false ? { httpPoolSize: 0 } : events),
      pool,
      databaseUrl: options.databaseUrl,
      environment: settings.environment,
      onError: options.onBackgroundError ?? (() => undefined),
    });
    this.#background.serve(state);
    this.#adopt(state);
    this.#handlers = {
      environment: options.environment ?? process.env,
      log: options.log ?? silentLog,
      counters: { calls: 0, failures: 0, requestBytes: 0, responseBytes: 0 },
    };
    this.#asyncActions = new AsyncActionWorker({
      databaseUrl: options.databaseUrl,
      pool,
      fetchIntervalMs:
        events === false ? 0 : (options.asyncActions?.fetchIntervalMs ?? defaultFetchIntervalMs),
      shutdownGraceMs: options.asyncActions?.shutdownGraceMs ?? defaultShutdownGraceMs,
      handlers: this.#handlers,
      current: () => this.#state,
      onError: options.onBackgroundError ?? (() => undefined),
    });
    this.#metadataApi = new MetadataApi(
      {
        pool,
        current: () => this.#state,
        build: (database, metadata, catalog) => buildState(database, metadata, settings, catalog),
        install: async (next, before, client) => {
          if (events !== false) await installTriggers(pool, next, before, client);
        },
        onScheduled: () => this.#background.lookAtSchedule(),
        serve: (next, isRenewed) => {
          this.#state = next;
          this.#background.serve(next);
          this.#adopt(next);
          this.#subscriptions.renew();
          if (isRenewed) options.onSchemaChange?.();
        },
        report: options.onBackgroundError ?? (() => undefined),
      },
      resourceVersion,
    );
    const pollIntervalMs =
      options.schemaSyncPollIntervalMs ??
      (options.metadata && !options.storesMetadata ? 0 : defaultSyncIntervalMs);
    this.#schemaSync =
      pollIntervalMs === 0
        ? null
        : new SchemaSync({
            databaseUrl: options.databaseUrl,
            channel: SCHEMA_SYNC_CHANNEL,
            pollIntervalMs,
            applicationName: 'hasura-engine',
            alsoOn: { [scheduleChannel]: () => this.#background.lookAtSchedule() },
            follow: () => this.#metadataApi.follow(),
            onError: options.onBackgroundError ?? (() => undefined),
          });
  }

  runMetadataRequest(body: unknown, session: Session): Promise<unknown> {
    return this.#metadataApi.handle(body, session);
  }

  get inconsistencies(): readonly Inconsistency[] {
    return this.#state.inconsistencies;
  }

  async execute(request: GraphQLRequest, session: Session, context: RequestContext): Promise<GraphQLAnswer> {
    const ready = this.#prepare(request, session, clientKey(session, context.ip ?? ''));
    this.#logOperation(ready, context);
    const setCookie: string[] = [];
    const action = (root: ActionRootPlan): Promise<string> =>
      this.#runAction(root, ready, request, session, context, setCookie);
    const { executable } = ready;
    if (executable.kind === 'subscription') {
      throw new EngineError(
        'unexpected',
        'subscriptions are not supported over HTTP, use websockets instead',
        { path: '$' },
      );
    }
    const data =
      executable.kind === 'mutation'
        ? await runMutation(this.#pool, ready, executable, session, action)
        : await runQuery(this.#pool, ready, executable as QueryExecutable, session, action);
    return { body: `{"data":${data}}`, ...(setCookie.length > 0 ? { setCookie } : {}) };
  }

  async subscribe(
    request: GraphQLRequest,
    session: Session,
    context: RequestContext,
    sink: SubscriptionSink,
  ): Promise<Subscription> {
    const ready = this.#prepare(request, session);
    this.#logOperation(ready, context);
    const follower: Follower = {
      role: session.role,
      client: clientKey(session, context.ip ?? ''),
      bounds: boundsOf(this.#settings.bounds, session.role),
    };
    const { executable } = ready;
    if (executable.kind === 'subscription' && executable.parts.some(({ kind }) => kind === 'action')) {
      if (executable.multiplexed) {
        throw new EngineError(
          'not-supported',
          'asynchronous actions and tables cannot be watched by one subscription',
          { path: '$' },
        );
      }
      const prepare = (): ResultsLook => {
        const now = this.#prepare(request, session);
        return {
          parts: (now.executable as QueryExecutable).parts,
          runAction: (root) => this.#runAction(root, now, request, session, context, []),
        };
      };
      return this.#actionResults.watch(prepare, sink, follower);
    }
    return this.#subscriptions.subscribe(() => this.#prepare(request, session), session, sink, follower);
  }

  operationType(request: GraphQLRequest, session: Session): 'query' | 'mutation' | 'subscription' {
    return this.#prepare(request, session).executable.kind;
  }

  checkBatch(size: number, session: Session): void {
    const { batch } = limitsOf(this.#state.metadata.api_limits, session.role);
    if (batch !== null && size > batch) {
      throw new EngineError('batch-limit-exceeded', `a batch may hold at most ${batch} operations`, {
        path: '$',
      });
    }
  }

  admit(session: Session, context: RequestContext): Promise<void> {
    return this.#rateLimiter.admit(this.#state.metadata.api_limits, session, context.ip ?? '');
  }

  async explain(
    request: GraphQLRequest,
    session: Session,
  ): Promise<readonly ExplainedField[] | ExplainedSubscription> {
    const { plan, variables } = this.#state.operations(session).plan(request);
    return explainOperation(this.#pool, plan, session, variables);
  }

  findRestEndpoint(method: string, path: readonly string[]): RestMatch {
    return matchEndpoint(this.#state.restEndpoints, method, path);
  }

  describeRest(): unknown {
    const { restEndpoints, roleSchemas } = this.#state;
    return describeEndpoints(restEndpoints, roleSchemas.get('admin', false).schema);
  }

  printSchema(role: string): string {
    return printSchema(this.#state.roleSchemas.get(role, false).sorted());
  }

  async ping(): Promise<void> {
    await this.#pool.queryRow({ text: `SELECT '1'` }, [], pingLimits);
  }

  findWriteProblem(): Promise<string | null> {
    return this.#writeProbe.findProblem();
  }

  stats(): ReturnType<Engine['stats']> {
    return {
      pool: this.#pool.stats(),
      ...this.#subscriptions.stats(),
      actions: { ...this.#handlers.counters, running: this.#asyncActions.running },
    };
  }

  eventStats(): ReturnType<Engine['eventStats']> {
    return this.#background.stats();
  }

  async close(): Promise<void> {
    this.#subscriptions.stop();
    this.#actionResults.stop();
    await this.#schemaSync?.stop();
    await Promise.all([this.#background.stop(), this.#asyncActions.stop()]);
    await this.#pool.close();
  }

  /** How the served source wants its statements run. */
  #adopt({ metadata }: ServingState): void {
    const { connection_info: info } = metadata.sources[0]?.configuration ?? {};
    this.#pool.adopt({
      preparesStatements: info?.use_prepared_statements ?? this.#options.preparesStatements ?? true,
      isolation:
        isolationLevels[info?.isolation_level ?? this.#options.transactionIsolation ?? 'read-committed'],
    });
  }

  #logOperation(ready: ReadyOperation, context: RequestContext): void {
    if (this.#options.log) logOperation(this.#options.log, ready, context.requestId);
  }

  #prepare(request: GraphQLRequest, session: Session, client?: string): ReadyOperation {
    this.#state.allowList?.check(request.query, session);
    return this.#state.operations(session).prepare(request, client);
  }

  async #runAction(
    root: ActionRootPlan,
    ready: ReadyOperation,
    request: GraphQLRequest,
    session: Session,
    context: RequestContext,
    setCookie: string[],
  ): Promise<string> {
    const { runAction } = await import('./actions/run-action.ts');
    return runAction(root, {
      pool: this.#pool,
      ready,
      session,
      clientHeaders: context.headers,
      requestId: context.requestId,
      requestQuery: request.query,
      handlers: this.#handlers,
      stringifyNumeric: this.#settings.stringifyNumericTypes,
      showsInternal: this.#options.showsInternal?.(session) ?? session.isAdmin,
      onSetCookie: (cookie) => setCookie.push(cookie),
      onStarted: () => this.#asyncActions.wake(),
    });
  }
}
