import { existsSync, readFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from './project.ts';
import { SETTING_NAMES } from './settings/read-settings.ts';
import { securityHeaders } from './ui/security-headers.ts';

interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string } | undefined>>;
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const read = (path: string) => readFileSync(join(PROJECT_ROOT, path), 'utf8');
const compose = parse(read('docker-compose.yml')) as Compose;
const services = Object.entries(compose.services);
const secretName = /PASSWORD|SECRET|KEYS|TOKEN/;

describe('docker-compose.yml', () => {
  it('names only files and folders that exist', () => {
    for (const [name, service] of services) {
      if (service.build) expect(existsSync(join(PROJECT_ROOT, service.build.dockerfile)), name).toBe(true);
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0] as string;
        if (source.startsWith('.')) expect(existsSync(join(PROJECT_ROOT, source)), volume).toBe(true);
        else expect(compose.volumes, volume).toHaveProperty(source);
      }
    }
  });

  it('pins every image, Hasura to a v2 that applies migrations and has its security fixes', () => {
    const images = [
      ...services.flatMap(([, service]) => service.image ?? []),
      ...['docker/web/Dockerfile', 'actions/Dockerfile'].flatMap((path) =>
        [...read(path).matchAll(/^FROM (\S+)/gm)].map((match) => match[1] as string),
      ),
    ];
    expect(images.length).toBeGreaterThan(4);
    for (const image of images) expect(image).toMatch(/:v?\d+\.\d+/);
    const hasura = /^hasura\/graphql-engine:v2\.(\d+)\.(\d+)\.cli-migrations-v3$/.exec(
      compose.services['graphql-engine']?.image ?? '',
    );
    expect(Number(hasura?.[1]) * 1000 + Number(hasura?.[2])).toBeGreaterThanOrEqual(49_002);
    expect(compose.services.postgres?.image).toMatch(/^postgres:18\./);
  });

  it('takes every secret from outside and has no default for any', () => {
    for (const [, service] of services) {
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        const references = [...String(value).matchAll(/\$\{(\w+)([^}]*)\}/g)];
        for (const [, variable = '', rest] of references) {
          if (secretName.test(variable)) expect(rest, `${name}: ${variable}`).toMatch(/^:\?/);
        }
        if (secretName.test(name) && name !== 'HASURA_GRAPHQL_JWT_SECRET')
          expect(String(value)).toMatch(/^\$\{\w+:\?/);
        expect(value).not.toMatch(/:\/\/\w+:[^$@]+@/);
      }
    }
  });

  it('publishes ports of the web server alone', () => {
    const published = services.filter(([, service]) => service.ports !== undefined).map(([name]) => name);
    expect(published).toEqual(['web']);
  });

  it('has services wait in no circle', () => {
    const reach = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name);
      for (const next of Object.keys(compose.services[name]?.depends_on ?? {})) reach(next, [...path, name]);
    };
    for (const [name] of services) reach(name, []);
  });

  it('has no server sign in to Postgres as a superuser', () => {
    const urls = services.flatMap(([, { environment = {} }]) =>
      Object.values(environment).filter((value) => /^postgres:/.test(String(value))),
    );
    expect(urls.map((url) => new URL(url.replace(/\$\{[^}]*\}/g, 'x')).username)).toEqual([
      'tierline_hasura',
      'tierline_hasura',
      'tierline_actions',
    ]);
  });

  it('never lets Hasura log the variables of queries, nor serves its console', () => {
    const environment = compose.services['graphql-engine']?.environment ?? {};
    expect(environment.HASURA_GRAPHQL_ENABLED_LOG_TYPES).not.toContain('query-log');
    expect(environment.HASURA_GRAPHQL_ENABLE_CONSOLE).toBe('false');
  });

  it('gives Hasura every variable that the metadata reads', () => {
    const metadata = ['actions.yaml', 'databases/databases.yaml']
      .map((file) => read(`hasura/metadata/${file}`))
      .join('\n');
    const templates = [...metadata.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] as string);
    const fromEnvironment = [...metadata.matchAll(/(?:from_env|value_from_env): (\w+)/g)].map(
      (match) => match[1] as string,
    );
    const given = Object.keys(compose.services['graphql-engine']?.environment ?? {});
    expect(new Set([...templates, ...fromEnvironment]).size).toBeGreaterThan(2);
    for (const name of [...templates, ...fromEnvironment]) expect(given).toContain(name);
  });
});

describe('the web server of production', () => {
  const caddyfile = read('docker/web/Caddyfile');
  const gate = read('docker/gate/nginx.conf');

  it('passes on no more than the contract allows', () => {
    const passed = [...caddyfile.matchAll(/^\t@\w+ path (.+)$/gm)].flatMap((match) =>
      (match[1] as string).split(' '),
    );
    expect(passed.sort()).toEqual(['/.well-known/jwks.json', '/api', '/api/*', '/v1/graphql']);
    const targets = [...caddyfile.matchAll(/reverse_proxy (\S+)/g)].map((match) => match[1] as string);
    expect(targets).toEqual(['gate:8080', 'gate:8080']);
  });

  it('has the gate behind it name the same paths', () => {
    const passed = [...gate.matchAll(/^\t\tlocation (?:= )?(\/\S+) \{\n(?!\t\t\treturn 404)/gm)].map(
      (match) => match[1] as string,
    );
    expect(passed.sort()).toEqual(['/.well-known/jwks.json', '/api', '/api/', '/v1/graphql']);
  });

  it('bounds headers, bodies and the time they take, and believes itself alone about addresses', () => {
    expect(caddyfile).toMatch(/max_header_size 16KB/);
    expect(caddyfile).toMatch(/read_header 10s\n\s+read_body 30s/);
    expect(caddyfile.match(/import security/g)).toHaveLength(2);
    expect(caddyfile).toMatch(/request_body \{\n\s+max_size 1MB/);
    const addressOf = (name: string) => compose.services[name]?.networks?.inside?.ipv4_address;
    expect(gate).toContain(`set_real_ip_from ${addressOf('web')};`);
    expect(compose.services.actions?.environment?.TRUST_PROXY).toBe(addressOf('gate'));
  });

  it.each([
    ['portal', "'self'", false],
    ['admin', "'self' 'unsafe-inline'", true],
  ])('gives %s the same content security policy as npm start', (ui, styles, allowsInlineStyles) => {
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    securityHeaders({ allowsInlineStyles })(response.req, response);
    expect(caddyfile).toContain(`import pages ${ui} ${ui} "${styles}"`);
    const template = /Content-Security-Policy "([^"]+)"/.exec(caddyfile)?.[1];
    expect(template?.replace('{args[2]}', styles)).toBe(response.getHeader('content-security-policy'));
  });

  it('promises HTTPS for a year', () => {
    expect(caddyfile).toMatch(/Strict-Transport-Security "max-age=31536000/);
  });
});

describe('.env.example', () => {
  const example = read('.env.example');

  it('describes every setting that npm start and compose read', () => {
    const described = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] as string);
    const composeReads = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(
      (match) => match[1] as string,
    );
    for (const name of [...SETTING_NAMES.filter((name) => name !== 'NODE_ENV'), ...composeReads]) {
      expect(described, name).toContain(name);
    }
  });

  it('holds no secret', () => {
    for (const [, name, value] of example.matchAll(/^(?:# )?(\w+)=(.*)$/gm)) {
      if (secretName.test(name as string)) expect(value).toBe('');
    }
  });
});
