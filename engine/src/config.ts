import proxyAddr from 'proxy-addr';
import { type AuthHookSettings, readAuthHook } from './auth/hook-settings.ts';
import type { JwtSettings } from './auth/jwt-settings.ts';
import { type RoleBounds, readBounds } from './guards/bounds.ts';
import { readSchemaSettings, type SchemaSettings } from './schema-settings.ts';
import { SettingsReader } from './settings-reader.ts';

/** The engine's settings, named and defaulted like Hasura's; read once at the start and then never changed. */
export interface Config {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly adminSecrets: readonly string[];
  readonly jwtSecrets: readonly JwtSettings[];
  readonly unauthorizedRole: string | null;
  /** Null outside webhook mode. */
  readonly authHook: AuthHookSettings | null;
  /** Origins that browsers may call from; `*` for all of them. */
  readonly corsDomains: readonly string[];
  readonly isCorsDisabled: boolean;
  /** Take cookies on WebSockets although CORS is disabled, so any page could open one. */
  readonly readsCookieWithoutCors: boolean;
  readonly isConsoleEnabled: boolean;
  /** Bearer token for `/metrics`; null leaves the page open. */
  readonly metricsSecret: string | null;
  readonly isDevMode: boolean;
  /** Error details for the admin role. */
  readonly showsInternalErrorsToAdmin: boolean;
  /** What shapes schemas. */
  readonly schema: SchemaSettings;
  /** What holds for a source that says nothing of its statements itself. */
  readonly preparesStatements: boolean;
  readonly transactionIsolation: 'read-committed' | 'repeatable-read' | 'serializable';
  readonly enforcesAllowList: boolean;
  readonly enabledApis: ReadonlySet<Api>;
  readonly maxConnections: number;
  readonly liveQueryRefetchIntervalMs: number;
  readonly liveQueryBatchSize: number;
  readonly streamRefetchIntervalMs: number;
  readonly streamBatchSize: number;
  /** Between looks for changes by other engines; 0 for never. */
  readonly schemaSyncPollIntervalMs: number;
  /** Send WebSocket clients away (code 1012, so that they come back) when another schema is served. */
  readonly closesWebSocketsOnMetadataChange: boolean;
  /** Seconds between looks at the event log; 0 switches event triggers off, as does a pool of 0. */
  readonly eventsFetchIntervalSeconds: number;
  readonly eventsHttpPoolSize: number;
  readonly eventsFetchBatchSize: number;
  /** How long running deliveries may take when the engine stops. */
  readonly gracefulShutdownSeconds: number;
  /** How often the log of asynchronous actions is asked for work; 0 leaves it to other engines. */
  readonly asyncActionsFetchIntervalMs: number;
  readonly webSocketKeepAliveSeconds: number;
  readonly webSocketInitTimeoutSeconds: number;
  /** Addresses and subnets whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Largest request body and WebSocket message. */
  readonly maxBodyBytes: number;
  /** How much each role may ask for; see `boundsOf`. */
  readonly bounds: RoleBounds;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logTypes: readonly string[];
  readonly logFormat: 'json' | 'pretty';
  /** Variables of Hasura's that are set and that this engine does not know; told at the start, for they do nothing. */
  readonly unusedVariables: readonly string[];
}

/** Settings given on the command line; each wins over its variable. */
export interface ConfigOverrides {
  readonly databaseUrl?: string;
  readonly host?: string;
  readonly port?: number;
}

/** Parts of the server that `HASURA_GRAPHQL_ENABLED_APIS` may switch off by leaving them out. */
export type Api = 'metadata' | 'graphql' | 'config' | 'metrics';

/** By Hasura's names; null for those that are no part of this engine, switched on or not. */
const APIS: Readonly<Record<string, Api | null>> = {
  metadata: 'metadata',
  graphql: 'graphql',
  config: 'config',
  metrics: 'metrics',
  pgdump: null,
  developer: null,
};

const LOG_TYPES = [
  'startup',
  'http-log',
  'webhook-log',
  'websocket-log',
  'query-log',
  'execution-log',
  'livequery-poller-log',
  'action-handler-log',
  'data-connector-log',
  'jwk-refresh-log',
  'validate-input-log',
];

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Reads the settings; throws SettingsError with a sentence for every wrong one. */
export async function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  overrides: ConfigOverrides = {},
): Promise<Config> {
  const read = new SettingsReader(environment);
  const adminSecrets = readAdminSecrets(read);
  const jwtSecrets = await readJwtSettings(read);
  const unauthorizedRole = read.text('HASURA_GRAPHQL_UNAUTHORIZED_ROLE');
  if (adminSecrets.length === 0) {
    // Without an admin secret everybody is admin: a rule that looks stricter would only mislead.
    if (jwtSecrets.length > 0) {
      read.refuse('HASURA_GRAPHQL_JWT_SECRET needs HASURA_GRAPHQL_ADMIN_SECRET to be set as well.');
    }
    if (unauthorizedRole !== null) {
      read.refuse('HASURA_GRAPHQL_UNAUTHORIZED_ROLE needs HASURA_GRAPHQL_ADMIN_SECRET to be set as well.');
    }
  }
  if (unauthorizedRole === 'admin') {
    read.refuse(
      'HASURA_GRAPHQL_UNAUTHORIZED_ROLE must not be admin: that would open everything to everybody.',
    );
  }
  const authHook = readAuthHook(read);
  if (authHook !== null) {
    if (adminSecrets.length === 0) {
      read.refuse('HASURA_GRAPHQL_AUTH_HOOK needs HASURA_GRAPHQL_ADMIN_SECRET to be set as well.');
    }
    if (jwtSecrets.length > 0) {
      read.refuse('HASURA_GRAPHQL_AUTH_HOOK and HASURA_GRAPHQL_JWT_SECRET cannot both be set.');
    }
    if (unauthorizedRole !== null) {
      read.refuse(
        'HASURA_GRAPHQL_AUTH_HOOK and HASURA_GRAPHQL_UNAUTHORIZED_ROLE cannot both be set: the webhook answers for requests without a token as well.',
      );
    }
  }
  const databaseUrl = read.text('HASURA_GRAPHQL_DATABASE_URL', overrides.databaseUrl) ?? '';
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    read.refuse(
      databaseUrl === ''
        ? 'HASURA_GRAPHQL_DATABASE_URL (or --database-url) must name the Postgres database.'
        : 'HASURA_GRAPHQL_DATABASE_URL (or --database-url) must start with postgres:// or postgresql://.',
    );
  }
  const isDevMode = read.flag('HASURA_GRAPHQL_DEV_MODE', false);
  const config: Config = {
    databaseUrl,
    host: read.text('HASURA_GRAPHQL_SERVER_HOST', overrides.host) ?? '127.0.0.1',
    port: read.integer('HASURA_GRAPHQL_SERVER_PORT', 8080, 0, 65535, overrides.port),
    adminSecrets,
    jwtSecrets,
    unauthorizedRole,
    authHook,
    corsDomains: readCorsDomains(read),
    isCorsDisabled: read.flag('HASURA_GRAPHQL_DISABLE_CORS', false),
    readsCookieWithoutCors: read.flag('HASURA_GRAPHQL_WS_READ_COOKIE', false),
    metricsSecret: read.secret('HASURA_GRAPHQL_METRICS_SECRET'),
    isConsoleEnabled: read.flag('HASURA_GRAPHQL_ENABLE_CONSOLE', false),
    isDevMode,
    showsInternalErrorsToAdmin: isDevMode || read.flag('HASURA_GRAPHQL_ADMIN_INTERNAL_ERRORS', true),
    schema: readSchemaSettings(read),
    preparesStatements: read.flag('HASURA_GRAPHQL_USE_PREPARED_STATEMENTS', true),
    transactionIsolation: read.choice('HASURA_GRAPHQL_TX_ISOLATION', ISOLATION_LEVELS, 'read-committed'),
    enabledApis: readEnabledApis(read),
    enforcesAllowList: read.flag('HASURA_GRAPHQL_ENABLE_ALLOWLIST', false),
    maxConnections: read.integer('HASURA_GRAPHQL_PG_CONNECTIONS', 50, 1, 10_000),
    liveQueryRefetchIntervalMs: read.integer(
      'HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL',
      1000,
      1,
      3_600_000,
    ),
    liveQueryBatchSize: read.integer('HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_BATCH_SIZE', 100, 1, 10_000),
    streamRefetchIntervalMs: read.integer(
      'HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL',
      1000,
      1,
      3_600_000,
    ),
    streamBatchSize: read.integer('HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_BATCH_SIZE', 100, 1, 10_000),
    schemaSyncPollIntervalMs: read.integer('HASURA_GRAPHQL_SCHEMA_SYNC_POLL_INTERVAL', 1000, 0, 3_600_000),
    closesWebSocketsOnMetadataChange: read.flag('HASURA_GRAPHQL_CLOSE_WEBSOCKETS_ON_METADATA_CHANGE', true),
    eventsFetchIntervalSeconds: read.integer('HASURA_GRAPHQL_EVENTS_FETCH_INTERVAL', 1, 0, 3600),
    eventsHttpPoolSize: read.integer('HASURA_GRAPHQL_EVENTS_HTTP_POOL_SIZE', 100, 0, 10_000),
    eventsFetchBatchSize: read.integer('HASURA_GRAPHQL_EVENTS_FETCH_BATCH_SIZE', 100, 1, 10_000),
    gracefulShutdownSeconds: read.integer('HASURA_GRAPHQL_GRACEFUL_SHUTDOWN_TIMEOUT', 60, 0, 3600),
    asyncActionsFetchIntervalMs: read.integer(
      'HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL',
      1000,
      0,
      3_600_000,
    ),
    webSocketKeepAliveSeconds: read.integer('HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE', 5, 1, 3600),
    webSocketInitTimeoutSeconds: read.integer('HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT', 3, 1, 3600),
    trustedProxies: readTrustedProxies(read),
    maxBodyBytes: read.integer('HASURA_GRAPHQL_MAX_REQUEST_BYTES', 10 * 1024 * 1024, 1024, 1024 ** 3),
    bounds: readBounds(read, unauthorizedRole),
    logLevel: read.choice('HASURA_GRAPHQL_LOG_LEVEL', LOG_LEVELS, readLogLevel(read)),
    logTypes: readLogTypes(read),
    logFormat: read.choice('LOG_FORMAT', ['json', 'pretty'], 'json'),
    unusedVariables: read.unused('HASURA_GRAPHQL_'),
  };
  read.finish();
  return Object.freeze(config);
}

/** What checks the shape of these settings is large, so it is loaded only where there are any. */
async function readJwtSettings(read: SettingsReader): Promise<readonly JwtSettings[]> {
  const names = ['HASURA_GRAPHQL_JWT_SECRET', 'HASURA_GRAPHQL_JWT_SECRETS'];
  if (!names.some((name) => read.has(name))) return [];
  const { readJwtSecrets } = await import('./auth/jwt-settings.ts');
  return readJwtSecrets(read);
}

const ISOLATION_LEVELS = ['read-committed', 'repeatable-read', 'serializable'] as const;

/** `*`, or origins, whose first label may be `*`. */
function readCorsDomains(read: SettingsReader): readonly string[] {
  const name = 'HASURA_GRAPHQL_CORS_DOMAIN';
  const domains = read.list(name) ?? ['*'];
  for (const domain of domains) {
    if (domain === '*' || /^https?:\/\/(\*\.)?[a-z0-9_.-]+(:\d{1,5})?\/?$/i.test(domain)) continue;
    if (/^https?:\/\/\[[0-9a-f:.]+\](:\d{1,5})?\/?$/i.test(domain)) continue;
    read.refuse(`${name} holds ${domain}; expected *, or origins such as https://*.example.com:8080.`);
  }
  return domains;
}

function readAdminSecrets(read: SettingsReader): readonly string[] {
  const one = read.secret('HASURA_GRAPHQL_ADMIN_SECRET') ?? read.secret('HASURA_GRAPHQL_ACCESS_KEY');
  const many = read.json('HASURA_GRAPHQL_ADMIN_SECRETS');
  if (many === undefined) return one === null ? [] : [one];
  if (
    !Array.isArray(many) ||
    many.length === 0 ||
    !many.every((item) => typeof item === 'string' && item !== '')
  ) {
    read.refuse('HASURA_GRAPHQL_ADMIN_SECRETS must be a JSON array of texts, none of them empty.');
    return [];
  }
  return one === null ? many : [one, ...many];
}

function readEnabledApis(read: SettingsReader): ReadonlySet<Api> {
  const name = 'HASURA_GRAPHQL_ENABLED_APIS';
  const names = (read.list(name) ?? Object.keys(APIS)).map((api) => api.toLowerCase());
  const unknown = names.filter((api) => !Object.hasOwn(APIS, api));
  if (unknown.length > 0) {
    read.refuse(`${name} holds ${unknown.join(', ')}; known are ${Object.keys(APIS).join(', ')}.`);
  }
  return new Set(names.flatMap((api) => APIS[api] ?? []));
}

/** `TRUST_PROXY`, as the whole stack has it. */
function readTrustedProxies(read: SettingsReader): readonly string[] {
  const addresses = read.list('TRUST_PROXY') ?? [];
  try {
    proxyAddr.compile([...addresses]);
  } catch {
    read.refuse('TRUST_PROXY must be a list of IP addresses or subnets, separated by commas.');
  }
  return addresses;
}

/** `LOG_LEVEL` is the whole stack's setting; the engine's own variable wins over it. */
function readLogLevel(read: SettingsReader): (typeof LOG_LEVELS)[number] {
  return read.choice('LOG_LEVEL', LOG_LEVELS, 'info');
}

function readLogTypes(read: SettingsReader): readonly string[] {
  const name = 'HASURA_GRAPHQL_ENABLED_LOG_TYPES';
  const types = read.list(name) ?? ['startup', 'http-log', 'webhook-log', 'websocket-log', 'jwk-refresh-log'];
  const unknown = types.filter((type) => !LOG_TYPES.includes(type));
  if (unknown.length > 0) {
    read.refuse(`${name} holds ${unknown.join(', ')}; known are ${LOG_TYPES.join(', ')}.`);
  }
  return types;
}
