import { resolve } from 'node:path';
import { z } from 'zod';
import { StackStartError } from '../errors.ts';
import { MAIL_CATCHER_HOST } from '../mail-catcher/start-mail-catcher.ts';
import {
  addressList,
  httpUrl,
  isLoopback,
  jsonObject,
  origin,
  port,
  postgresUrl,
  rateLimit,
  secret,
  signingKeys,
  smtpUrl,
} from './fields.ts';
import type { MailSettings, Settings } from './types.ts';

/** The variables we read, by their public names. */
const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().min(1, 'must be an address to listen on').default('127.0.0.1'),
  PORTAL_PORT: port(3000),
  ADMIN_PORT: port(3001),
  ACTIONS_PORT: port(4000),
  HASURA_PORT: port(8080),
  PG_PORT: port(5433),
  MAIL_PORT: port(1025),
  MAIL_UI_PORT: port(1080),
  PG_PASSWORD: secret(),
  PORTAL_URL: origin(),
  ADMIN_URL: origin(),
  SMTP_URL: smtpUrl(),
  MAIL_FROM: z.string().optional(),
  DATA_DIR: z.string().min(1, 'must be a folder').default('.data'),
  DATABASE_URL: postgresUrl(),
  ACTIONS_DATABASE_URL: postgresUrl(),
  HASURA_GRAPHQL_ENDPOINT: httpUrl(),
  HASURA_ENGINE_BOUNDS: jsonObject(),
  HASURA_GRAPHQL_ADMIN_SECRET: secret(),
  ACTION_SECRET: secret(),
  JWT_SIGNING_KEYS: signingKeys(),
  METRICS_TOKEN: secret(),
  RATE_LIMIT_SUBMIT: rateLimit(10),
  RATE_LIMIT_VENDOR_LIST: rateLimit(100),
  RATE_LIMIT_ADMIN: rateLimit(1000),
  RATE_LIMIT_LOGIN: rateLimit(10),
  TRUST_PROXY: addressList(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').optional(),
});

/** An empty secret is a mistake worth stopping for; every other empty variable is a line of .env left as it was. */
const SECRET_NAMES = [
  'PG_PASSWORD',
  'HASURA_GRAPHQL_ADMIN_SECRET',
  'ACTION_SECRET',
  'JWT_SIGNING_KEYS',
  'METRICS_TOKEN',
];

type Environment = z.infer<typeof environmentSchema>;

/** The names of all variables that we read, for what must not reach a child process unasked. */
export const SETTING_NAMES: readonly string[] = Object.keys(environmentSchema.shape);

/** Reads all settings at once; throws StackStartError with a sentence for every wrong one. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly isTerminal: boolean } = { isTerminal: false },
): Settings {
  const parsed = environmentSchema.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    throw new StackStartError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    );
  }
  const variables = parsed.data;
  const conflicts = findConflicts(variables);
  if (conflicts.length > 0) throw new StackStartError(conflicts);
  return toSettings(variables, options.isTerminal);
}

function withoutEmpty(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const isKept = ([name, value]: [string, string | undefined]) => value !== '' || SECRET_NAMES.includes(name);
  return Object.fromEntries(Object.entries(environment).filter(isKept));
}

/** What is wrong only in view of another variable. */
function findConflicts(variables: Environment): string[] {
  return [
    ...samePorts(variables),
    ...limitsOffInProduction(variables),
    ...missingWithoutEmbedded(variables),
    ...openMetrics(variables),
  ];
}

const PORTS = [
  'PORTAL_PORT',
  'ADMIN_PORT',
  'ACTIONS_PORT',
  'HASURA_PORT',
  'PG_PORT',
  'MAIL_PORT',
  'MAIL_UI_PORT',
] as const;

function samePorts(variables: Environment): string[] {
  return PORTS.flatMap((name, index) => {
    const twin = PORTS.slice(0, index).find((other) => variables[other] === variables[name]);
    return twin
      ? [`${name} and ${twin} are both ${variables[name]}; each server needs a port of its own.`]
      : [];
  });
}

const LIMITS = [
  'RATE_LIMIT_SUBMIT',
  'RATE_LIMIT_VENDOR_LIST',
  'RATE_LIMIT_ADMIN',
  'RATE_LIMIT_LOGIN',
] as const;

function limitsOffInProduction(variables: Environment): string[] {
  if (variables.NODE_ENV !== 'production') return [];
  return LIMITS.filter((name) => variables[name] === 0).map(
    (name) => `${name} is 0 (no limit), which is for load tests only and refused with NODE_ENV=production.`,
  );
}

/** Others than this machine's own programs then reach /metrics, which tells how much is done here and what goes wrong. */
function openMetrics({ HOST, METRICS_TOKEN }: Environment): string[] {
  if (METRICS_TOKEN !== undefined || isLoopback(HOST)) return [];
  return [`METRICS_TOKEN must be set with HOST ${HOST}: /metrics can be reached from other machines there.`];
}

/** A secret shared with a server that we do not start cannot be made up here. */
function missingWithoutEmbedded(variables: Environment): string[] {
  const reasons: string[] = [];
  if (variables.DATABASE_URL && !variables.ACTIONS_DATABASE_URL) {
    reasons.push(
      'ACTIONS_DATABASE_URL must be set with DATABASE_URL: the action server signs in there as tierline_actions.',
    );
  }
  if (variables.HASURA_GRAPHQL_ENDPOINT) {
    for (const name of ['HASURA_GRAPHQL_ADMIN_SECRET', 'ACTION_SECRET', 'JWT_SIGNING_KEYS'] as const) {
      if (!variables[name])
        reasons.push(`${name} must be set with HASURA_GRAPHQL_ENDPOINT: that Hasura has to know it too.`);
    }
  }
  return reasons;
}

function toSettings(variables: Environment, isTerminal: boolean): Settings {
  return {
    isProduction: variables.NODE_ENV === 'production',
    host: variables.HOST,
    portalPort: variables.PORTAL_PORT,
    adminPort: variables.ADMIN_PORT,
    actionsPort: variables.ACTIONS_PORT,
    hasuraPort: variables.HASURA_PORT,
    pgPort: variables.PG_PORT,
    portalUrl: variables.PORTAL_URL ?? `http://localhost:${variables.PORTAL_PORT}`,
    adminUrl: variables.ADMIN_URL ?? `http://localhost:${variables.ADMIN_PORT}`,
    dataDir: resolve(variables.DATA_DIR),
    databaseUrl: variables.DATABASE_URL,
    actionsDatabaseUrl: variables.ACTIONS_DATABASE_URL,
    hasuraEndpoint: variables.HASURA_GRAPHQL_ENDPOINT,
    engineBounds: variables.HASURA_ENGINE_BOUNDS,
    given: {
      pgPassword: variables.PG_PASSWORD,
      adminSecret: variables.HASURA_GRAPHQL_ADMIN_SECRET,
      actionSecret: variables.ACTION_SECRET,
      jwtSigningKeys: variables.JWT_SIGNING_KEYS,
    },
    metricsToken: variables.METRICS_TOKEN,
    rateLimits: {
      RATE_LIMIT_SUBMIT: variables.RATE_LIMIT_SUBMIT,
      RATE_LIMIT_VENDOR_LIST: variables.RATE_LIMIT_VENDOR_LIST,
      RATE_LIMIT_ADMIN: variables.RATE_LIMIT_ADMIN,
      RATE_LIMIT_LOGIN: variables.RATE_LIMIT_LOGIN,
    },
    mail: toMailSettings(variables),
    trustProxy: variables.TRUST_PROXY,
    logLevel: variables.LOG_LEVEL,
    logFormat: variables.LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json'),
  };
}

function toMailSettings(variables: Environment): MailSettings {
  const { NODE_ENV, SMTP_URL, MAIL_FROM: from, MAIL_PORT: smtpPort, MAIL_UI_PORT: pagePort } = variables;
  if (SMTP_URL || NODE_ENV === 'production') return { smtpUrl: SMTP_URL, from };
  return { smtpUrl: `smtp://${MAIL_CATCHER_HOST}:${smtpPort}`, from, catcher: { smtpPort, pagePort } };
}
