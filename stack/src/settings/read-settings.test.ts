import { describe, expect, it } from 'vitest';
import { StackStartError } from '../errors.ts';
import { readSettings } from './read-settings.ts';

const key = JSON.stringify([{ kty: 'RSA', kid: 'one', n: 'n', e: 'AQAB', d: 'd' }]);
const longSecret = 'sixteen characters and more';

function reasonsFor(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof StackStartError) return error.reasons;
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('needs nothing', () => {
    expect(readSettings({})).toMatchObject({
      host: '127.0.0.1',
      portalPort: 3000,
      adminPort: 3001,
      actionsPort: 4000,
      hasuraPort: 8080,
      pgPort: 5433,
      portalUrl: 'http://localhost:3000',
      adminUrl: 'http://localhost:3001',
      logFormat: 'json',
      rateLimits: {
        RATE_LIMIT_SUBMIT: 10,
        RATE_LIMIT_VENDOR_LIST: 100,
        RATE_LIMIT_ADMIN: 1000,
        RATE_LIMIT_LOGIN: 10,
      },
    });
  });

  it('writes for people on a terminal unless told otherwise', () => {
    expect(readSettings({}, { isTerminal: true }).logFormat).toBe('pretty');
    expect(readSettings({ LOG_FORMAT: 'json' }, { isTerminal: true }).logFormat).toBe('json');
  });

  it('lets the public address follow the port, and strips a trailing slash', () => {
    expect(readSettings({ PORTAL_PORT: '3100' }).portalUrl).toBe('http://localhost:3100');
    expect(readSettings({ PORTAL_URL: 'https://portal.example.com/' }).portalUrl).toBe(
      'https://portal.example.com',
    );
  });

  it('takes an empty line of .env as unset, but not an empty secret', () => {
    expect(reasonsFor({ PORTAL_URL: '', DATABASE_URL: '', LOG_FORMAT: '' })).toEqual([]);
    expect(reasonsFor({ ACTION_SECRET: '' })).toEqual([
      'ACTION_SECRET must have at least 16 characters (leave it out to have one made).',
    ]);
  });

  it.each([
    [{ PORTAL_PORT: '0' }, 'PORTAL_PORT must be a port, 1 to 65535.'],
    [{ HASURA_ENGINE_BOUNDS: '[1]' }, 'HASURA_ENGINE_BOUNDS must be a JSON object.'],
    [{ HASURA_PORT: '70000' }, 'HASURA_PORT must be a port, 1 to 65535.'],
    [
      { ADMIN_PORT: '3000' },
      'ADMIN_PORT and PORTAL_PORT are both 3000; each server needs a port of its own.',
    ],
    [
      { PG_PASSWORD: 'short' },
      'PG_PASSWORD must have at least 16 characters (leave it out to have one made).',
    ],
    [
      { ACTION_SECRET: ' '.repeat(40) },
      'ACTION_SECRET must have at least 16 characters (leave it out to have one made).',
    ],
    [
      { HASURA_GRAPHQL_ADMIN_SECRET: ' sixteen characters and more' },
      'HASURA_GRAPHQL_ADMIN_SECRET must not begin or end with a blank: it is sent in headers, where such blanks are lost.',
    ],
    [
      { HOST: '0.0.0.0' },
      'METRICS_TOKEN must be set with HOST 0.0.0.0: /metrics can be reached from other machines there.',
    ],
    [
      { JWT_SIGNING_KEYS: '[{"kty":"RSA"}, 1]' },
      'JWT_SIGNING_KEYS must be a JSON array of private RSA keys (JWK), each with its kid.',
    ],
    [
      { JWT_SIGNING_KEYS: 'not json, but long' },
      'JWT_SIGNING_KEYS must be a JSON array of private RSA keys (JWK), each with its kid.',
    ],
    [
      { PORTAL_URL: 'portal.example.com' },
      'PORTAL_URL must be an http or https address without a path, such as https://portal.example.com.',
    ],
    [
      { PORTAL_URL: 'https://example.com/portal' },
      'PORTAL_URL must be an http or https address without a path, such as https://portal.example.com.',
    ],
    [
      { TRUST_PROXY: '10.0.0.0/8, elsewhere' },
      'TRUST_PROXY must be IP addresses or ranges such as 10.0.0.0/8, separated by commas.',
    ],
    [
      { SMTP_URL: 'mail.example.com:25' },
      'SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465.',
    ],
    [
      { MAIL_UI_PORT: '1025' },
      'MAIL_UI_PORT and MAIL_PORT are both 1025; each server needs a port of its own.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be debug, info, warn or error.'],
    [
      { NODE_ENV: 'production', RATE_LIMIT_LOGIN: '0' },
      'RATE_LIMIT_LOGIN is 0 (no limit), which is for load tests only and refused with NODE_ENV=production.',
    ],
    [
      { DATABASE_URL: 'postgres://owner:pw@db.example.com/tierline' },
      'ACTIONS_DATABASE_URL must be set with DATABASE_URL: the action server signs in there as tierline_actions.',
    ],
    [
      { DATABASE_URL: 'mysql://db.example.com/x' },
      'DATABASE_URL must look like postgres://user:password@host:5432/database.',
    ],
  ])('refuses %o in one sentence', (environment, sentence) => {
    expect(reasonsFor(environment)).toEqual([sentence]);
  });

  it('catches mails unless a mail server is named', () => {
    expect(readSettings({ MAIL_PORT: '2025' }).mail).toMatchObject({
      smtpUrl: 'smtp://127.0.0.1:2025',
      catcher: { smtpPort: 2025, pagePort: 1080 },
    });
    const { mail } = readSettings({ SMTP_URL: 'smtps://mail.example.com', MAIL_FROM: 'a@example.com' });
    expect(mail).toEqual({ smtpUrl: 'smtps://mail.example.com', from: 'a@example.com' });
    expect(readSettings({ NODE_ENV: 'production' }).mail.catcher).toBeUndefined();
  });

  it('lets limits be off for load tests', () => {
    expect(readSettings({ RATE_LIMIT_LOGIN: '0' }).rateLimits.RATE_LIMIT_LOGIN).toBe(0);
  });

  it('wants the secrets that a Hasura of somebody else shares', () => {
    const endpoint = { HASURA_GRAPHQL_ENDPOINT: 'https://hasura.example.com/v1/graphql' };
    expect(reasonsFor(endpoint)).toHaveLength(3);
    const settings = readSettings({
      ...endpoint,
      HASURA_GRAPHQL_ADMIN_SECRET: longSecret,
      ACTION_SECRET: longSecret,
      JWT_SIGNING_KEYS: key,
    });
    expect(settings.hasuraEndpoint).toBe('https://hasura.example.com');
  });
});
