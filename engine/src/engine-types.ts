import type { ActionCounters } from './actions/types.ts';
import type { Session } from './auth/session.ts';
import type { BackgroundSettings, BackgroundWork } from './background-work.ts';
import type { ExplainedField, ExplainedSubscription } from './execute/explain.ts';
import type { RoleBounds } from './guards/bounds.ts';
import type { Log } from './log.ts';
import type { Metadata } from './metadata/types.ts';
import type { GraphQLRequest } from './request/parse-document.ts';
import type { RestMatch } from './rest/endpoints.ts';
import type { Experiment } from './schema-settings.ts';
import type { NamingConvention } from './source/naming.ts';
import type { Inconsistency } from './source/types.ts';
import type { SubscriptionSink } from './subscriptions/cohort.ts';
import type { SubscriptionStats } from './subscriptions/live-queries.ts';
import type { Subscription } from './subscriptions/membership.ts';
import type { PollSettings } from './subscriptions/poller.ts';

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
  /** `HASURA_ENGINE_BOUNDS`; the default ones unless told. */
  readonly bounds?: RoleBounds;
  /** `HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION`; without it naming conventions are switched off. */
  readonly namingConvention?: NamingConvention | null;
  /** What of `HASURA_GRAPHQL_EXPERIMENTAL_FEATURES` is switched on. */
  readonly experiments?: ReadonlySet<Experiment>;
  /** `HASURA_GRAPHQL_V1_BOOLEAN_NULL_COLLAPSE` */
  readonly collapsesNulls?: boolean;
  /** `HASURA_GRAPHQL_USE_PREPARED_STATEMENTS`, for a source that does not say it itself; true unless told. */
  readonly preparesStatements?: boolean;
  /** `HASURA_GRAPHQL_TX_ISOLATION`, for a source that does not say it itself; read-committed unless told. */
  readonly transactionIsolation?: 'read-committed' | 'repeatable-read' | 'serializable';
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
  /** Why Postgres writes nothing although it answers, in words for operators; null when it does. Asked every few seconds at most. */
  findWriteProblem(): Promise<string | null>;
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
