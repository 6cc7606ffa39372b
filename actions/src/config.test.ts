import { beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { createSigningKey } from './testing/test-server.ts';

let base: Record<string, string>;
let key: Record<string, unknown>;

beforeAll(async () => {
  key = (await createSigningKey()) as Record<string, unknown>;
  base = {
    ACTIONS_DATABASE_URL: 'postgres://tierline_actions:hidden@localhost:5433/tierline',
    ACTION_SECRET: 'sixteen chars ok',
    JWT_SIGNING_KEYS: JSON.stringify([key]),
  };
});

async function complaint(change: Record<string, string | undefined>): Promise<string> {
  try {
    await readConfig({ ...base, ...change }, false);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The settings were accepted.');
}

test('what is needed is enough', async () => {
  const config = await readConfig({ ...base, HOST: '', TRUST_PROXY: '', PATH: '/bin' }, false);
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    trustProxy: [],
    logLevel: 'info',
    logFormat: 'json',
  });
  expect(config.portalUrl.origin).toBe('http://localhost:3000');
  expect(config.adminUrl.origin).toBe('http://localhost:3001');
  expect(config.signingKeys[0].kid).toMatch(/^[\w-]{43}$/);
});

test('everything can be set', async () => {
  const keys = [{ ...key, kid: 'new' }, await createSigningKey('old')];
  const config = await readConfig(
    {
      ...base,
      HOST: '0.0.0.0',
      METRICS_TOKEN: 'a-token-for-metrics',
      ACTIONS_PORT: '4100',
      PORTAL_PORT: '8000',
      ADMIN_URL: 'https://admin.example',
      JWT_SIGNING_KEYS: JSON.stringify(keys),
      TRUST_PROXY: '127.0.0.1, ::1,10.0.0.0/8',
      LOG_LEVEL: 'warn',
      LOG_FORMAT: 'pretty',
    },
    false,
  );
  expect(config).toMatchObject({ host: '0.0.0.0', port: 4100, logLevel: 'warn', logFormat: 'pretty' });
  expect(config.metricsToken).toBe('a-token-for-metrics');
  expect(config.trustProxy).toEqual(['127.0.0.1', '::1', '10.0.0.0/8']);
  expect(config.portalUrl.origin).toBe('http://localhost:8000');
  expect(config.signingKeys.map(({ kid }) => kid)).toEqual(['new', 'old']);
});

test('mails go to the catcher of npm start unless a server is named', async () => {
  const config = await readConfig(
    { ...base, MAIL_PORT: '2025', PORTAL_URL: 'https://portal.example' },
    false,
  );
  expect(config.smtp).toMatchObject({ host: '127.0.0.1', port: 2025, isSecure: false, login: null });
  expect(config.mailFrom).toEqual({ name: 'Tierline', address: 'no-reply@portal.example' });
});

test.each([
  ['smtp://127.0.0.1', { port: 587, isSecure: false, isLocal: true, mustUpgrade: false }],
  ['smtp://[::1]:25', { host: '::1', port: 25, isLocal: true }],
  ['smtp://mail.example', { port: 587, isSecure: false, isLocal: false, mustUpgrade: false }],
  [
    'smtp://some%40body:p%3Ass@mail.example:2525',
    { port: 2525, mustUpgrade: true, login: { user: 'some@body', password: 'p:ss' } },
  ],
  ['smtps://a:b@mail.example/', { port: 465, isSecure: true, mustUpgrade: false }],
])('SMTP_URL=%s', async (url, expected) => {
  expect((await readConfig({ ...base, SMTP_URL: url }, false)).smtp).toMatchObject(expected);
});

test.each([
  ['a@example.com', { name: '', address: 'a@example.com' }],
  ['The Team <a@example.com>', { name: 'The Team', address: 'a@example.com' }],
  ['"The Team" <a@example.com>', { name: 'The Team', address: 'a@example.com' }],
])('MAIL_FROM=%s', async (text, expected) => {
  expect((await readConfig({ ...base, MAIL_FROM: text }, false)).mailFrom).toEqual(expected);
});

test('a terminal gets the pretty form', async () => {
  expect((await readConfig(base, true)).logFormat).toBe('pretty');
});

describe('a wrong setting is named in one sentence', () => {
  test.each([
    ['ACTIONS_PORT', 'four thousand'],
    ['ACTIONS_PORT', '65536'],
    ['ACTIONS_PORT', '-1'],
    ['ACTIONS_DATABASE_URL', undefined],
    ['ACTIONS_DATABASE_URL', 'mysql://localhost/tierline'],
    ['ACTION_SECRET', undefined],
    ['ACTION_SECRET', ''],
    ['ACTION_SECRET', 'fifteen chars !'],
    ['ACTION_SECRET', ' '.repeat(40)],
    ['METRICS_TOKEN', ''],
    ['METRICS_TOKEN', 'short'],
    ['JWT_SIGNING_KEYS', undefined],
    ['JWT_SIGNING_KEYS', ''],
    ['JWT_SIGNING_KEYS', '[]'],
    ['JWT_SIGNING_KEYS', '{"kty":"RSA"}'],
    ['JWT_SIGNING_KEYS', '[{"kty":"oct","k":"c2VjcmV0"}]'],
    ['JWT_SIGNING_KEYS', '[null]'],
    ['PORTAL_URL', 'portal.example'],
    ['ADMIN_URL', 'ftp://admin.example'],
    ['TRUST_PROXY', 'everyone'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['SMTP_URL', 'http://mail.example'],
    ['SMTP_URL', 'smtp://'],
    ['SMTP_URL', 'smtp://somebody@mail.example'],
    ['SMTP_URL', 'smtp://mail.example?logger=true'],
    ['SMTP_URL', 'smtp://some:%E0%A4%A@mail.example'],
    ['MAIL_FROM', 'Tierline'],
    ['MAIL_FROM', 'a@example.com, b@example.com'],
    ['MAIL_FROM', 'Tierline <a@example.com>\r\nBcc: b@example.com'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_FORMAT', 'xml'],
  ])('%s=%s', async (name, value) => {
    const message = await complaint({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} .+\\.$`));
    expect(message).not.toContain('hidden');
    expect(message.split('\n')).toHaveLength(1);
  });

  test('metrics that other machines reach want a token', async () => {
    expect(await complaint({ HOST: '0.0.0.0' })).toMatch(/^METRICS_TOKEN .+HOST 0\.0\.0\.0[^\n]+$/);
    for (const HOST of ['127.0.0.1', '127.8.8.8', '::1', 'localhost'])
      expect((await readConfig({ ...base, HOST }, false)).metricsToken).toBeNull();
  });

  test('a small key, a public key, a key that comes twice', async () => {
    const { d: _, ...publicKey } = key;
    const small = { ...key, n: Buffer.alloc(128, 1).toString('base64url') };
    for (const keys of [[small], [publicKey], [key, key], [{ ...key, p: 'x', q: 'y' }]]) {
      const message = await complaint({ JWT_SIGNING_KEYS: JSON.stringify(keys) });
      expect(message).toMatch(/^JWT_SIGNING_KEYS /);
      expect(message).not.toContain(String(key.n));
    }
  });

  test('in production the apps’ addresses have no default', async () => {
    expect(await complaint({ NODE_ENV: 'production' })).toMatch(/^PORTAL_URL is missing/);
    expect(await complaint({ NODE_ENV: 'production', PORTAL_URL: 'https://a.example' })).toMatch(
      /^ADMIN_URL is missing/,
    );
  });

  test('in production mails do not go to a catcher by default', async () => {
    const urls = { PORTAL_URL: 'https://a.example', ADMIN_URL: 'https://b.example' };
    expect(await complaint({ NODE_ENV: 'production', ...urls })).toMatch(/^SMTP_URL is missing/);
  });
});
