/** How many calls a window of the contract allows; 0 switches a limit off. */
export interface RateLimits {
  readonly RATE_LIMIT_SUBMIT: number;
  readonly RATE_LIMIT_VENDOR_LIST: number;
  readonly RATE_LIMIT_ADMIN: number;
  readonly RATE_LIMIT_LOGIN: number;
}

/** Secrets a person gave; those left out are made and kept in the data directory. */
export interface GivenSecrets {
  readonly pgPassword?: string;
  readonly adminSecret?: string;
  readonly actionSecret?: string;
  readonly jwtSigningKeys?: string;
}

/** Where mails go. */
export interface MailSettings {
  /** Unset only in production, where nothing can start without it. */
  readonly smtpUrl?: string;
  /** Left out, the action server makes one up from the portal's address. */
  readonly from?: string;
  /** Ours, unless a mail server was named: never in production. */
  readonly catcher?: { readonly smtpPort: number; readonly pagePort: number };
}

/** Everything `npm start` can be told, read once. */
export interface Settings {
  readonly isProduction: boolean;
  readonly host: string;
  readonly portalPort: number;
  readonly adminPort: number;
  readonly actionsPort: number;
  readonly hasuraPort: number;
  readonly pgPort: number;
  readonly portalUrl: string;
  readonly adminUrl: string;
  readonly dataDir: string;
  /** Someone else's Postgres in place of the embedded one. */
  readonly databaseUrl?: string;
  readonly actionsDatabaseUrl?: string;
  /** Someone else's Hasura in place of our engine. */
  readonly hasuraEndpoint?: string;
  /** JSON for the engine, which checks what it says. */
  readonly engineBounds?: string;
  readonly given: GivenSecrets;
  /** Bearer token for `/metrics` of engine and action server; without one the pages are open, to loopback alone. */
  readonly metricsToken?: string;
  readonly rateLimits: RateLimits;
  readonly mail: MailSettings;
  readonly trustProxy: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'json' | 'pretty';
}
