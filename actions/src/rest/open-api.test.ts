import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server?.stop());

test('the document is valid OpenAPI 3.1, for everybody, and names no host', async () => {
  const answer = await server.send('/api/openapi.json', { headers: { Host: 'evil.example' } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ openapi: '3.1.1', servers: [{ url: '/' }] });
  expect(await new Validator().validate(structuredClone(answer.body))).toEqual({ valid: true });
  expect(JSON.stringify(answer.body)).not.toMatch(/evil|localhost|\$defs/);
});

test('it has every path of the contract, with its methods', async () => {
  const { body } = await server.send('/api/openapi.json');
  const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations).toEqual([
    'POST /api/auth/login',
    'POST /api/auth/refresh',
    'POST /api/auth/logout',
    'POST /api/auth/password/forgot',
    'POST /api/auth/password/reset',
    'POST /api/auth/password/change',
    'POST /api/portal/vendors/{vendorId}/tier-upgrade-requests',
    'GET /api/portal/vendors/{vendorId}/tier-upgrade-requests',
    'DELETE /api/portal/vendors/{vendorId}/tier-upgrade-requests/{requestId}',
    'GET /api/admin/tier-upgrade-requests',
    'GET /api/admin/tier-upgrade-requests.csv',
    'GET /api/admin/tier-upgrade-requests/{id}',
    'PATCH /api/admin/tier-upgrade-requests/{id}/approve',
    'PATCH /api/admin/tier-upgrade-requests/{id}/reject',
    'PUT /api/admin/vendors/{id}/tier',
  ]);
});

test('a name stands for a shape, never for itself', async () => {
  const { body } = await server.send('/api/openapi.json');
  const shapes = Object.entries(body.components.schemas as Record<string, { properties?: object }>);
  expect(shapes.map(([name]) => name).sort()).toEqual([
    'Error',
    'TierUpgradeRequest',
    'Vendor',
    'VendorTierUpgradeRequest',
  ]);
  for (const [, { properties }] of shapes) expect(Object.keys(properties ?? {}).length).toBeGreaterThan(3);
});

test('it says of inputs what the handlers check', async () => {
  const { body } = await server.send('/api/openapi.json');
  const [list, submit] = [
    body.paths['/api/admin/tier-upgrade-requests'].get,
    body.paths['/api/portal/vendors/{vendorId}/tier-upgrade-requests'].post,
  ];
  const schemaOf = (name: string) =>
    list.parameters.find((parameter: { name: string }) => parameter.name === name).schema;
  expect(schemaOf('page')).toMatchObject({ type: 'integer', minimum: 1, default: 1 });
  expect(schemaOf('limit')).toMatchObject({ type: 'integer', minimum: 1, maximum: 100, default: 10 });
  expect(schemaOf('targetTier')).toMatchObject({ type: 'integer', minimum: 1, maximum: 4 });
  expect(schemaOf('status')).toMatchObject({ enum: ['pending', 'approved', 'rejected', 'cancelled'] });
  expect(submit.requestBody.content['application/json'].schema).toMatchObject({
    type: 'object',
    properties: {
      targetTier: { type: 'integer', minimum: 1, maximum: 4 },
      businessJustification: { type: 'string', minLength: 50, maxLength: 1000 },
    },
    required: ['targetTier', 'businessJustification'],
    additionalProperties: false,
  });
});

test('the page for people tells of every operation, runs no script and loads nothing from elsewhere', async () => {
  const page = await server.send('/api/docs');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
  const { body } = await server.send('/api/openapi.json');
  for (const methods of Object.values(
    body.paths as Record<string, Record<string, { operationId: string }>>,
  )) {
    for (const { operationId } of Object.values(methods)) {
      expect(page.body).toContain(`<article id="${operationId}">`);
    }
  }
  expect(page.body).not.toMatch(/<script|https?:|style=/);
  const links = [...page.body.matchAll(/href="([^"]+)"/g)].map(([, target]) => target as string);
  for (const target of new Set(links)) {
    if (target.startsWith('#')) expect(page.body).toContain(`id="${target.slice(1)}"`);
    else expect((await server.send(target)).status).toBe(200);
  }
});
