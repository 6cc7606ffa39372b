import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createAdminSecretCheck } from './admin-secret.ts';
import type { ReadRequestBody } from './auth-hook.ts';
import type { RequestHeaders } from './find-token.ts';
import type { JwksTimes } from './jwks.ts';
import type { JwtAuthenticate } from './jwt.ts';
import type { Session } from './session.ts';

/** Headers (names in lower case) → who is asking. Throws EngineError. */
export type Authenticate = (headers: RequestHeaders, readRequestBody?: ReadRequestBody) => Promise<Session>;

/** The settings that decide who is who. */
export type AuthConfig = Pick<Config, 'adminSecrets' | 'jwtSecrets' | 'unauthorizedRole' | 'authHook'>;

const ADMIN_SECRET = 'x-hasura-admin-secret';
const ACCESS_KEY = 'x-hasura-access-key';
const BACKEND_ONLY = 'x-hasura-use-backend-only-permissions';

/**
 * Builds the way in: the admin secret wins when it is sent, then the webhook, or a token, then the unauthorized
 * role.
 * Without any admin secret there is no lock at all, as in the reference.
 */
export function createAuthenticator(config: AuthConfig, log: Log, times?: JwksTimes): Authenticate {
  if (config.adminSecrets.length === 0) return async (headers) => trustedSession(headers);
  const isAdminSecret = createAdminSecretCheck(config.adminSecrets);
  const withoutSecret = createWithoutSecret(config, log, times);
  return async (headers, readRequestBody) => {
    const secret = headers[ADMIN_SECRET] ?? headers[ACCESS_KEY];
    if (secret === undefined) return withoutSecret(headers, readRequestBody);
    if (!isAdminSecret(secret)) throw accessDenied(`invalid ${ADMIN_SECRET}/${ACCESS_KEY}`);
    return trustedSession(headers);
  };
}

function createWithoutSecret(config: AuthConfig, log: Log, times: JwksTimes | undefined): Authenticate {
  const { authHook } = config;
  if (authHook) {
    return async (headers, readRequestBody) => {
      const { askAuthHook } = await import('./auth-hook.ts');
      return askAuthHook(authHook, headers, readRequestBody, log);
    };
  }
  return config.jwtSecrets.length > 0 ? byToken(config, log, times) : byNothing(config);
}

/** Nobody has proved anything: the unauthorized role if there is one. */
function byNothing(config: AuthConfig): Authenticate {
  return async (headers) => {
    if (config.unauthorizedRole !== null) return unauthorizedSession(headers, config.unauthorizedRole);
    throw accessDenied(`${ADMIN_SECRET}/${ACCESS_KEY} required, but not found`);
  };
}

function byToken(config: AuthConfig, log: Log, times: JwksTimes | undefined): Authenticate {
  // Loaded with the first request: a start does not need it.
  let fromToken: JwtAuthenticate | undefined;
  let loading: Promise<JwtAuthenticate> | undefined;
  const load = async (): Promise<JwtAuthenticate> => {
    const { createJwtAuthenticate } = await import('./jwt.ts');
    const { createTokenVerifier } = await import('./verify-token.ts');
    fromToken = createJwtAuthenticate(
      config.jwtSecrets.map((settings) => createTokenVerifier(settings, log, times)),
    );
    return fromToken;
  };
  return async (headers) => {
    loading ??= load();
    const session = await (fromToken ?? (await loading))(headers);
    if (session) return session;
    if (config.unauthorizedRole !== null) return unauthorizedSession(headers, config.unauthorizedRole);
    throw new EngineError(
      'invalid-headers',
      "Missing 'Authorization' or 'Cookie' header in JWT authentication mode",
    );
  };
}

/** A session of whoever may act as anybody: any role, any variables, admin when no role is named. */
function trustedSession(headers: RequestHeaders): Session {
  const role = headers['x-hasura-role'] || 'admin';
  return session(headers, role, readBackendOnly(headers[BACKEND_ONLY]));
}

/** Variables come from the client's own headers, so nothing may rest on them; the role does not. */
function unauthorizedSession(headers: RequestHeaders, role: string): Session {
  return Object.freeze({ ...session(headers, role, false), isAnonymous: true });
}

function session(headers: RequestHeaders, role: string, backendOnly: boolean): Session {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !name.startsWith('x-hasura-')) continue;
    if (name !== ADMIN_SECRET && name !== ACCESS_KEY) variables[name] = value;
  }
  variables['x-hasura-role'] = role;
  return Object.freeze({
    role,
    variables: Object.freeze(variables),
    isAdmin: role === 'admin',
    backendOnly,
    expiresAt: null,
  });
}

function readBackendOnly(value: string | undefined): boolean {
  if (value === undefined) return false;
  const text = value.toLowerCase();
  if (['true', 't', 'yes', 'y'].includes(text)) return true;
  if (['false', 'f', 'no', 'n'].includes(text)) return false;
  throw new EngineError(
    'bad-request',
    `${BACKEND_ONLY}:  Not a valid boolean text. True values are ["true","t","yes","y"] and  False values are ["false","f","no","n"]. All values are case insensitive`,
  );
}

function accessDenied(message: string): EngineError {
  return new EngineError('access-denied', message, { status: 401 });
}
