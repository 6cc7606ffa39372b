import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { SettingsError } from './settings-reader.ts';

const BASE = { HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/x' };

async function problemsOf(environment: Record<string, string>): Promise<readonly string[]> {
  try {
    await readConfig({ ...BASE, ...environment });
  } catch (thrown) {
    if (thrown instanceof SettingsError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('readConfig', () => {
  it('has Hasura’s defaults, and cannot be changed', async () => {
    const config = await readConfig(BASE);
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      adminSecrets: [],
      corsDomains: ['*'],
      maxConnections: 50,
      liveQueryRefetchIntervalMs: 1000,
      liveQueryBatchSize: 100,
      streamRefetchIntervalMs: 1000,
      streamBatchSize: 100,
      isConsoleEnabled: false,
      showsInternalErrorsToAdmin: true,
      schema: { infersFunctionPermissions: true },
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('knows naming conventions only as the experiment that they are', async () => {
    const convention = { HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION: 'graphql-default' };
    const features = { HASURA_GRAPHQL_EXPERIMENTAL_FEATURES: 'inherited_roles, naming_convention' };
    expect((await readConfig(BASE)).schema.namingConvention).toBeNull();
    expect((await readConfig({ ...BASE, ...features })).schema.namingConvention).toBe('hasura-default');
    expect((await readConfig({ ...BASE, ...features, ...convention })).schema.namingConvention).toBe(
      'graphql-default',
    );
    expect(await problemsOf(convention)).toEqual([
      'HASURA_GRAPHQL_DEFAULT_NAMING_CONVENTION needs naming_convention among HASURA_GRAPHQL_EXPERIMENTAL_FEATURES.',
    ]);
  });

  it('starts with experiments that it does not know, and can tell them', async () => {
    const features = { HASURA_GRAPHQL_EXPERIMENTAL_FEATURES: 'time_travel,hide_stream_fields' };
    const { experiments, unknownExperiments } = (await readConfig({ ...BASE, ...features })).schema;
    expect([...experiments]).toEqual(['hide_stream_fields']);
    expect(unknownExperiments).toEqual(['time_travel']);
  });

  it('lets the command line win', async () => {
    const environment = { ...BASE, HASURA_GRAPHQL_SERVER_PORT: '1' };
    const config = await readConfig(environment, { databaseUrl: 'postgresql://b/y', port: 2, host: '::1' });
    expect(config).toMatchObject({
      databaseUrl: 'postgresql://b/y',
      port: 2,
      host: '::1',
      unusedVariables: [],
    });
  });

  it('tells every mistake at once, by the name of its variable and never by its value', async () => {
    const problems = await problemsOf({
      HASURA_GRAPHQL_DATABASE_URL: 'mysql://s3cret@x/y',
      HASURA_GRAPHQL_SERVER_PORT: '80000',
      HASURA_GRAPHQL_ENABLE_CONSOLE: 'perhaps',
      HASURA_GRAPHQL_ADMIN_SECRETS: '["s3cret", 5]',
      HASURA_GRAPHQL_JWT_SECRET: '{"type":"HS256","key":"s3cret"}',
      HASURA_GRAPHQL_JWT_SECRETS: '{"s3cret',
      HASURA_GRAPHQL_LOG_LEVEL: 'loud',
      HASURA_GRAPHQL_ENABLED_LOG_TYPES: 'startup,everything',
    });
    expect(problems).toHaveLength(8);
    for (const name of [
      'DATABASE_URL',
      'SERVER_PORT',
      'ENABLE_CONSOLE',
      'ADMIN_SECRETS',
      'JWT_SECRET:',
      'JWT_SECRETS',
      'LOG_LEVEL',
      'LOG_TYPES',
    ]) {
      expect(problems.join('\n')).toContain(name);
    }
    expect(problems.join('\n')).not.toContain('s3cret');
  });

  it.each([
    [{ HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous' }, /ADMIN_SECRET to be set/],
    [{ HASURA_GRAPHQL_JWT_SECRET: `{"type":"HS256","key":"${'k'.repeat(32)}"}` }, /ADMIN_SECRET to be set/],
    [{ HASURA_GRAPHQL_ADMIN_SECRET: 'x', HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'admin' }, /must not be admin/],
    [{ HASURA_GRAPHQL_ADMIN_SECRET: '' }, /is set but empty/],
    [{ HASURA_GRAPHQL_CORS_DOMAIN: 'example.com' }, /expected \*, or origins/],
    [{ HASURA_GRAPHQL_AUTH_HOOK: 'http://x' }, /needs HASURA_GRAPHQL_ADMIN_SECRET/],
    [{ HASURA_GRAPHQL_ENABLED_APIS: 'graphql,everything' }, /holds everything; known are/],
    [{ TRUST_PROXY: 'everyone' }, /TRUST_PROXY must be a list/],
    [{ HASURA_GRAPHQL_TX_ISOLATION: 'read-uncommitted' }, /must be one of read-committed/],
    [{ HASURA_GRAPHQL_USE_PREPARED_STATEMENTS: 'maybe' }, /must be true or false/],
  ])('refuses %o', async (environment, message) => {
    expect((await problemsOf(environment as Record<string, string>)).join()).toMatch(message);
  });

  it.each([
    ['no key', { type: 'RS256' }],
    ['two keys', { type: 'HS256', key: 'k'.repeat(32), jwk_url: 'https://x/y' }],
    ['a key without type', { key: 'k'.repeat(32) }],
    ['an unknown type', { type: 'XY1', key: 'k' }],
    ['an unknown setting', { jwk_url: 'https://x/y', audiense: 'z' }],
    ['an address that is none', { jwk_url: 'file:///etc/passwd' }],
    ['two places for claims', { jwk_url: 'https://x/y', claims_namespace: 'a', claims_namespace_path: '$' }],
    ['a path that is none', { jwk_url: 'https://x/y', claims_namespace_path: '$[' }],
    ['a claims map without roles', { jwk_url: 'https://x/y', claims_map: { 'x-hasura-user-id': '1' } }],
    ['a header of no kind', { jwk_url: 'https://x/y', header: { type: 'Body' } }],
  ])('refuses a JWT secret with %s', async (_, secret) => {
    const problems = await problemsOf({
      HASURA_GRAPHQL_ADMIN_SECRET: 'x',
      HASURA_GRAPHQL_JWT_SECRET: JSON.stringify(secret),
    });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^HASURA_GRAPHQL_JWT_SECRET/);
  });

  it('notices variables that do nothing here', async () => {
    const config = await readConfig({ ...BASE, HASURA_GRAPHQL_ENABLE_TELEMETRY: 'false', PATH: '/bin' });
    expect(config.unusedVariables).toEqual(['HASURA_GRAPHQL_ENABLE_TELEMETRY']);
  });
});
