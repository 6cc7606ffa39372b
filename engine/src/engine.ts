import { printSchema } from 'graphql';
import type pg from 'pg';
import { prepareActionLog } from './actions/action-log.ts';
import { AsyncActionWorker } from './actions/async-worker.ts';
import type { ActionCounters, HandlerDeps } from './actions/types.ts';
import type { Session } from './auth/session.ts';
import { type BackgroundSettings, BackgroundWork } from './background-work.ts';
import { EngineError } from './errors.ts';
import { reconcileTriggers } from './events/reconcile-triggers.ts';
import type { QueryExecutable } from './execute/executable.ts';
import { type ExplainedField, type ExplainedSubscription, explainOperation } from './execute/explain.ts';
import type { ReadyOperation } from './execute/operation-cache.ts';
import { createPool, type Pool } from './execute/pool.ts';
import { logOperation } from './execute/query-log.ts';
import { runMutation } from './execute/run-mutation.ts';
import { runQuery } from './execute/run-query.ts';
import { RateLimiter } from './guards/rate-limiter.ts';
import { type Log, silentLog } from './log.ts';
import type { Metadata } from './metadata/types.ts';
import { emptyMetadata } from './metadata-api/draft.ts';
import { MetadataApi } from './metadata-api/metadata-api.ts';
import { loadMetadata, prepareMetadataStore, SCHEMA_SYNC_CHANNEL } from './metadata-api/metadata-store.ts';
import { storeMetadata } from './metadata-api/store-metadata.ts';
import type { ActionRootPlan } from './plan/types.ts';
import { limitsOf } from './request/limits.ts';
import type { GraphQLRequest } from './request/parse-document.ts';
import { matchEndpoint, type RestMatch } from './rest/endpoints.ts';
import { describeEndpoints } from './rest/open-api.ts';
import { replanCronEvents } from './scheduled/cron-events.ts';
import { scheduleChannel } from './scheduled/scheduled-catalog.ts';
import { SchemaSync } from './schema-sync/schema-sync.ts';
import { buildState, type ServingSettings, type ServingState, servingSettings } from './serving-state.ts';
import type { NamingConvention } from './source/naming.ts';
import type { Inconsistency } from './source/types.ts';
import { type ResultsLook, watchActionResults } from './subscriptions/action-results.ts';
import type { SubscriptionSink } from './subscriptions/cohort.ts';
import type { SubscriptionStats } from './subscriptions/live-queries.ts';
import type { Subscription } from './subscriptions/membership.ts';
import type { PollSettings } from './subscriptions/poller.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';

/** What an engine is started with. */
export interface EngineOptions {
  readonly databaseUrl: string;
  /** The project's metadata. Without it the database's own is served: empty at first, changed over the metadata API. */
  readonly metadata?: Metadata;
  /** Make that metadata the database's own too, for every other engine there and for the next start. */
  readonly storesMetadata?: boolean;
  /** Where `{{NAME}}` and `value_from_env` in metadata look; the process environment unless told. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** `HASURA_GRAPHQL_PG_CONNECTIONS`; 50 unless told. */
  readonly maxConnections?: number;
  /** The source's `pool_settings`, in seconds; Hasura's defaults unless told. */
  readonly poolSettings?: {
    readonly idle_timeout?: number;
    readonly connection_lifetime?: number;
    readonly pool_timeout?: number;
    readonly retries?: number;
  };
  /** `HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES` */
  readonly stringifyNumericTypes?: boolean;
  /** `HASURA_GRAPHQL_INFER_FUNCTION_PERMISSIONS`; true unless told. */
  readonly inferFunctionPermissions?: boolean;
  /** `HASURA_GRAPHQL_ENABLE_ALLOWLIST` */
  readonly enforcesAllowList?: boolean;
  /** `HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION`; without it naming conventions are switched off. */
  readonly namingConvention?: NamingConvention;
  /** Live queries: interval in milliseconds (1000) and cohorts a statement (100). */
  readonly liveQueries?: Partial<PollSettings>;
  /** Where operations are told of; nowhere unless given. */
  readonly log?: Log;
  /** The same for streaming subscriptions. */
  readonly streams?: Partial<PollSettings>;
  /** Told when another schema has taken the place of the one before, so that transports can tell their clients. */
  readonly onSchemaChange?: () => void;
  /**
   * Milliseconds between looks for what other engines on the database have changed; 0 for never. Unless told, an
   * engine that was given metadata of its own never looks, and any other does every second.
   */
  readonly schemaSyncPollIntervalMs?: number;
  /** Event triggers; false leaves them, the database's SQL triggers and asynchronous actions alone, for tools that only look. */
  readonly events?: BackgroundSettings | false;
  /** Asynchronous actions: how often the log is asked for work (1000 ms; 0 never), how long an end waits for running calls (10 s). */
  readonly asyncActions?: { readonly fetchIntervalMs?: number; readonly shutdownGraceMs?: number };
  /** Whether a session may see what went wrong inside an asynchronous action; the admin role unless told. */
  readonly showsInternal?: (session: Session) => boolean;
  /** Told of what goes wrong outside any request. */
  readonly onBackgroundError?: (error: Error) => void;
}

/** The HTTP side of a request that execution may need. */
export interface RequestContext {
  /** The client's headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Where the client is, as far as it is known; rate limits may count by it. */
  readonly ip?: string;
}

/** A whole GraphQL answer as JSON text. */
export interface GraphQLAnswer {
  /** `{"data":…}`, without a space between: errors are thrown. */
  readonly body: string;
  /** `Set-Cookie` values of action handlers. */
  readonly setCookie?: readonly string[];
}

/** A Hasura project served from one Postgres database. */
export interface Engine {
  /** Runs a query or mutation. Throws an EngineError for whatever a client did wrong or Postgres refused. */
  execute(request: GraphQLRequest, session: Session, context: RequestContext): Promise<GraphQLAnswer>;
  /** Starts a live query; results arrive at the sink as whole JSON answers. */
  subscribe(
    request: GraphQLRequest,
    session: Session,
    context: RequestContext,
    sink: SubscriptionSink,
  ): Promise<Subscription>;
  /** Whether an operation is a subscription, so that a transport can choose between the two. */
  operationType(request: GraphQLRequest, session: Session): 'query' | 'mutation' | 'subscription';
  /** Refuses a batch that holds more operations than the role may send at once. */
  checkBatch(size: number, session: Session): void;
  /** How Postgres would answer a query or subscription of a session; nothing runs. */
  explain(
    request: GraphQLRequest,
    session: Session,
  ): Promise<readonly ExplainedField[] | ExplainedSubscription>;
  /** The RESTified endpoint at the decoded segments of a path below `/api/rest/`. */
  findRestEndpoint(method: string, path: readonly string[]): RestMatch;
  /** The OpenAPI document of the RESTified endpoints. */
  describeRest(): unknown;
  /** Counts an operation before it is looked at; refuses it when the role's rate is used up. */
  admit(session: Session, context: RequestContext): Promise<void>;
  /** The SDL of a role's schema. */
  printSchema(role: string): string;
  readonly inconsistencies: readonly Inconsistency[];
  /** Runs a body of `/v1/metadata`, `/v2/query` or `/v1/query`; answers JSON. For the admin role alone. */
  runMetadataRequest(body: unknown, session: Session): Promise<unknown>;
  /** Resolves when Postgres answers, rejects otherwise. */
  ping(): Promise<void>;
  stats(): {
    pool: { total: number; idle: number; waiting: number };
    liveQueries: SubscriptionStats;
    streams: SubscriptionStats;
    actions: Readonly<ActionCounters> & { readonly running: number };
  };
  /** Event deliveries under way and waiting. */
  eventStats(): ReturnType<BackgroundWork['stats']>;
  close(): Promise<void>;
}

const defaultConnections = 50;
const defaultPoolTimeoutSeconds = 10;
const defaultRetries = 1;
const defaultIdleSeconds = 180;
const defaultLifetimeSeconds = 600;
const defaultPolling = { refetchIntervalMs: 1000, batchSize: 100 };
const defaultSyncIntervalMs = 1000;
const defaultFetchIntervalMs = 1000;
const defaultShutdownGraceMs = 10_000;

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

/** Makes SQL triggers and planned events those of the state, in the transaction of `client` where there is one. */
async function installTriggers(
  pool: Pool,
  next: ServingState,
  before?: ServingState,
  client?: pg.ClientBase,
): Promise<void> {
  const wanted = {
    triggers: next.eventTriggers,
    names: eventTriggerNames(next.metadata),
    previousNames: before ? eventTriggerNames(before.metadata) : [],
  };
  const hasOtherCron =
    JSON.stringify(next.metadata.cron_triggers) !== JSON.stringify(before?.metadata.cron_triggers);
  const install = async (connection: pg.ClientBase): Promise<void> => {
    await reconcileTriggers(connection, wanted);
    if (before === undefined || hasOtherCron) await replanCronEvents(connection, next.cronTriggers);
  };
  try {
    if (client) await install(client);
    else await inTransaction(pool, install);
  } catch (thrown) {
    const message = `triggers cannot be installed: ${(thrown as Error).message}`;
    throw new EngineError('postgres-error', message, { path: '$.args' });
  }
}

function inTransaction(pool: Pool, work: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  return pool.withClient(async (client) => {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  });
}

function eventTriggerNames(metadata: Metadata): string[] {
  return (metadata.sources[0]?.tables ?? []).flatMap((table) =>
    (table.event_triggers ?? []).map(({ name }) => name),
  );
}

class PostgresEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #settings: ServingSettings;
  readonly #pool: Pool;
  readonly #subscriptions: Subscriptions;
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
    this.#state = state;
    this.#subscriptions = new Subscriptions(pool, {
      liveQueries: { ...defaultPolling, ...options.liveQueries },
      streams: { ...defaultPolling, ...options.streams },
    });
    const { events = {} } = options;
    this.#background = new BackgroundWork({
      ...(events === false ? { httpPoolSize: 0 } : events),
      pool,
      databaseUrl: options.databaseUrl,
      environment: settings.environment,
      onError: options.onBackgroundError ?? (() => undefined),
    });
    this.#background.serve(state);
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
    const ready = this.#prepare(request, session);
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
      const intervalMs = this.#options.liveQueries?.refetchIntervalMs ?? defaultPolling.refetchIntervalMs;
      return watchActionResults(prepare, intervalMs, sink);
    }
    return this.#subscriptions.subscribe(() => this.#prepare(request, session), session, sink);
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
    await this.#pool.queryRow({ text: `SELECT '1'` }, []);
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
    await this.#schemaSync?.stop();
    await Promise.all([this.#background.stop(), this.#asyncActions.stop()]);
    await this.#pool.close();
  }

  #logOperation(ready: ReadyOperation, context: RequestContext): void {
    if (this.#options.log) logOperation(this.#options.log, ready, context.requestId);
  }

  #prepare(request: GraphQLRequest, session: Session): ReadyOperation {
    this.#state.allowList?.check(request.query, session);
    return this.#state.operations(session).prepare(request);
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
