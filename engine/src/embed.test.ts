import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adminSession, createEngine, type Engine, readMetadata, type Session } from './index.ts';

/** The README's own example: what an application's test needs to have an engine of its own. */
let engine: Engine;

beforeAll(async () => {
  const { url: databaseUrl } = await createTestDatabase({ seeded: true });
  const project = new URL('../../hasura', import.meta.url).pathname;
  engine = await createEngine({ databaseUrl, metadata: await readMetadata(project) });
});
afterAll(() => engine.close());

async function ask(query: string, session: Session = adminSession): Promise<unknown> {
  const { body } = await engine.execute({ query }, session, { headers: {}, requestId: 'test' });
  return JSON.parse(body);
}

it('lets a test ask as any role what the application would', async () => {
  expect(await ask('{ tiers(limit: 1) { level } }')).toHaveProperty('data.tiers.0.level');
  const vendor = {
    ...adminSession,
    isAdmin: false,
    role: 'vendor',
    variables: { 'x-hasura-role': 'vendor', 'x-hasura-vendor-id': '00000000-0000-0000-0000-000000000000' },
  };
  expect(await ask('{ vendors { id } }', vendor)).toEqual({ data: { vendors: [] } });
  await expect(ask('{ users { password_hash } }', vendor)).rejects.toThrow('not found');
});

it('leaves a database as it was when it is given metadata of its own', async () => {
  const stored = (await engine.runMetadataRequest(
    { type: 'export_metadata', version: 2, args: {} },
    adminSession,
  )) as { resource_version: number };
  expect(stored.resource_version).toBe(1);
});
