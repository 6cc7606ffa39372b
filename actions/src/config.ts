/** Settings, read from the environment once. A wrong one stops the start with one sentence that names it. */

import { isIP } from 'node:net';
import { z } from 'zod';
import { readSigningKeys, type SigningKeys, SigningKeysError } from './accounts/signing-keys.ts';
import { type Mailbox, readMailbox, readSmtpUrl, type SmtpSettings } from './mail/smtp-settings.ts';

/** Everything the action server can be told from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly actionSecret: string;
  readonly signingKeys: SigningKeys;
  readonly portalUrl: URL;
  readonly adminUrl: URL;
  /** Addresses (or subnets) of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** Calls per window; 0 is off. The windows are in rate-limits.ts. */
  readonly rateLimits: {
    readonly submit: number;
    readonly vendorList: number;
    readonly admin: number;
    readonly login: number;
  };
  readonly smtp: SmtpSettings;
  /** The sender of every mail. */
  readonly mailFrom: Mailbox;
  /** Bearer token for `/metrics`; null leaves the page open, on loopback alone. */
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
  readonly logFormat: 'json' | 'pretty';
}

/** A setting that stops the start; its message is one sentence for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const NAMED_SUBNETS = new Set(['loopback', 'linklocal', 'uniquelocal']);

const portSchema = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535,
      'must be a port number between 0 and 65535',
    )
    .transform(Number);

const rateLimitSchema = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^\d{1,6}$/.test(text), 'must be a whole number up to 999999, 0 for no limit')
    .transform(Number);

const urlSchema = (protocols: readonly string[], example: string) =>
  z.string({ error: `is missing: give a URL such as ${example}` }).transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return url;
    context.addIssue({ code: 'custom', message: `must be a URL such as ${example}` });
    return z.NEVER;
  });

/** Blanks around it do not count: nobody means them. */
function isLongEnough(secret: string): boolean {
  return secret.trim().length >= 16;
}

const environmentSchema = z.object({
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  ACTIONS_PORT: portSchema(4000),
  PORTAL_PORT: portSchema(3000),
  ADMIN_PORT: portSchema(3001),
  ACTIONS_DATABASE_URL: urlSchema(
    ['postgres:', 'postgresql:'],
    'postgres://tierline_actions:…@localhost:5433/tierline',
  ),
  ACTION_SECRET: z
    .string({ error: 'is missing: give the secret that Hasura sends as X-Action-Secret' })
    .refine(isLongEnough, 'must have at least 16 characters'),
  METRICS_TOKEN: z.string().refine(isLongEnough, 'must have at least 16 characters').optional(),
  JWT_SIGNING_KEYS: z.string({ error: 'is missing: give a JSON array of private RSA keys in JWK form' }),
  PORTAL_URL: urlSchema(['http:', 'https:'], 'http://localhost:3000').optional(),
  ADMIN_URL: urlSchema(['http:', 'https:'], 'http://localhost:3001').optional(),
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine(
      (peers) => peers.every(isProxyAddress),
      'must be a comma-separated list of IP addresses or subnets',
    ),
  RATE_LIMIT_SUBMIT: rateLimitSchema(10),
  RATE_LIMIT_VENDOR_LIST: rateLimitSchema(100),
  RATE_LIMIT_ADMIN: rateLimitSchema(1000),
  RATE_LIMIT_LOGIN: rateLimitSchema(10),
  MAIL_PORT: portSchema(1025),
  SMTP_URL: z
    .string()
    .refine(
      (text) => readSmtpUrl(text) !== undefined,
      'must look like smtp://user:password@host:587 or smtps://user:password@host:465, with nothing behind it',
    )
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => readMailbox(text) !== undefined, 'must look like Tierline <no-reply@example.com>')
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], { error: 'must be json or pretty' }).optional(),
  NODE_ENV: z.string().optional(),
});

/** Reads the settings; throws a ConfigError about the first that is wrong. Empty means unset, except for secrets. */
export async function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Promise<Config> {
  const parsed = environmentSchema.safeParse(withoutEmptySettings(environment));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(`${String(issue.path[0])} ${issue.message}.`);
  }
  const settings = parsed.data;
  if (settings.NODE_ENV === 'production') refuseLimitsOff(settings);
  if (settings.METRICS_TOKEN === undefined && !isLoopback(settings.HOST))
    throw new ConfigError(
      `METRICS_TOKEN is missing: with HOST ${settings.HOST} other machines reach /metrics, which then needs it.`,
    );
  const portalUrl = publicUrl('PORTAL_URL', settings.PORTAL_URL, settings.PORTAL_PORT, settings.NODE_ENV);
  return {
    host: settings.HOST,
    port: settings.ACTIONS_PORT,
    databaseUrl: settings.ACTIONS_DATABASE_URL.href,
    actionSecret: settings.ACTION_SECRET,
    signingKeys: await readKeys(settings.JWT_SIGNING_KEYS),
    portalUrl,
    adminUrl: publicUrl('ADMIN_URL', settings.ADMIN_URL, settings.ADMIN_PORT, settings.NODE_ENV),
    trustProxy: settings.TRUST_PROXY,
    rateLimits: {
      submit: settings.RATE_LIMIT_SUBMIT,
      vendorList: settings.RATE_LIMIT_VENDOR_LIST,
      admin: settings.RATE_LIMIT_ADMIN,
      login: settings.RATE_LIMIT_LOGIN,
    },
    smtp: readSmtpUrl(smtpUrl(settings))!,
    mailFrom: readMailbox(settings.MAIL_FROM ?? '') ?? {
      name: 'Tierline',
      address: `no-reply@${portalUrl.hostname}`,
    },
    metricsToken: settings.METRICS_TOKEN ?? null,
    logLevel: settings.LOG_LEVEL,
    logFormat: settings.LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json'),
  };
}

function refuseLimitsOff(settings: z.output<typeof environmentSchema>): void {
  for (const name of [
    'RATE_LIMIT_SUBMIT',
    'RATE_LIMIT_VENDOR_LIST',
    'RATE_LIMIT_ADMIN',
    'RATE_LIMIT_LOGIN',
  ] as const) {
    if (settings[name] === 0) {
      throw new ConfigError(
        `${name} is 0 (no limit), which NODE_ENV=production refuses: it is for load tests.`,
      );
    }
  }
}

function withoutEmptySettings(environment: Readonly<Record<string, string | undefined>>) {
  const isSecret = (name: string) => ['ACTION_SECRET', 'JWT_SIGNING_KEYS', 'METRICS_TOKEN'].includes(name);
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' || isSecret(name)),
  );
}

async function readKeys(text: string): Promise<SigningKeys> {
  try {
    return await readSigningKeys(text);
  } catch (error) {
    // The key itself must not reach the terminal, so only what we say about it is repeated.
    if (error instanceof SigningKeysError) throw new ConfigError(`JWT_SIGNING_KEYS ${error.message}.`);
    throw error;
  }
}

/** The mail catcher of `npm start`, unless told otherwise; in production mails must not vanish in it. */
function smtpUrl({ SMTP_URL, MAIL_PORT, NODE_ENV }: z.output<typeof environmentSchema>): string {
  if (SMTP_URL !== undefined) return SMTP_URL;
  if (NODE_ENV === 'production') {
    throw new ConfigError('SMTP_URL is missing: give the mail server, such as smtps://user:password@host.');
  }
  return `smtp://127.0.0.1:${MAIL_PORT}`;
}

/** In production a forgotten address would quietly refuse every sign-in, so there it has no default. */
function publicUrl(name: string, url: URL | undefined, port: number, nodeEnv: string | undefined): URL {
  if (url !== undefined) return url;
  if (nodeEnv === 'production')
    throw new ConfigError(`${name} is missing: give the public address of that app.`);
  return new URL(`http://localhost:${port}`);
}

function isProxyAddress(text: string): boolean {
  if (NAMED_SUBNETS.has(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
