import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findFreePort,
  startThrowAwayPostgres,
  type ThrowAwayPostgres,
  withClient,
  withDatabase,
} from '@tierline/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from './processes/engine.ts';
import type { Run } from './processes/supervise.ts';
import { PROJECT_ROOT } from './project.ts';
import { readSettings } from './settings/read-settings.ts';

const PASSWORD = 'a-password-of-tests';
const ADMIN_SECRET = 'an-admin-secret-of-tests';

/** A server of its own: roles belong to a server, and here they are made as in production. */
let server: ThrowAwayPostgres;
let superuserUrl: string;
let engine: Run;
let origin: string;

beforeAll(async () => {
  server = await startThrowAwayPostgres();
  await withClient(server.url, (client) => client.query('create database tierline'));
  superuserUrl = withDatabase(server.url, 'tierline');
  const script = await readFile(join(PROJECT_ROOT, 'docker/postgres/roles.psql'), 'utf8');
  await withClient(superuserUrl, (client) =>
    client.query(script.replace(/:'(hasura|actions)_password'/g, `'${PASSWORD}'`)),
  );
  const url = new URL(superuserUrl);
  url.username = 'tierline_hasura';
  url.password = PASSWORD;
  const port = await findFreePort();
  origin = `http://127.0.0.1:${port}`;
  engine = await startEngine({
    settings: readSettings({ HASURA_PORT: String(port) }),
    secrets: {
      pgPassword: '',
      actionsDatabasePassword: PASSWORD,
      adminSecret: ADMIN_SECRET,
      actionSecret: 'an-action-secret-of-tests',
      jwtSigningKeys: '[]',
    },
    databaseUrl: url.href,
    log: () => undefined,
  });
});

afterAll(async () => {
  await engine?.stop();
  await server?.stop();
});

const ask = async (path: string, body: unknown) =>
  (
    await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'X-Hasura-Admin-Secret': ADMIN_SECRET },
      body: JSON.stringify(body),
    })
  ).json();

describe("Hasura's role of production", () => {
  it('is no superuser, makes neither roles nor databases, and is a member of nothing', async () => {
    const { rows } = await withClient(superuserUrl, (client) =>
      client.query(
        `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
           (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
         from pg_roles r where rolname in ('tierline_hasura', 'tierline_actions') order by 1`,
      ),
    );
    const nothing = {
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      memberships: 0,
    };
    expect(rows).toEqual([
      { rolname: 'tierline_actions', ...nothing },
      { rolname: 'tierline_hasura', ...nothing },
    ]);
  });

  it('applies every migration and all metadata', async () => {
    expect((await fetch(`${origin}/healthz?strict=true`)).status).toBe(200);
    expect(await ask('/v1/metadata', { type: 'get_inconsistent_metadata', args: {} })).toMatchObject({
      is_consistent: true,
    });
  });

  it('writes, and reads it back', async () => {
    expect(
      await ask('/v1/graphql', {
        query: `mutation { insert_vendors_one(object: { name: "Role", slug: "role", email: "role@example.com" }) { name tier } }`,
      }),
    ).toEqual({ data: { insert_vendors_one: { name: 'Role', tier: 1 } } });
  });

  it('leaves nothing to the superuser', async () => {
    const { rows } = await withClient(superuserUrl, (client) =>
      client.query(
        `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('public', 'private', 'hdb_catalog') and c.relowner <> 'tierline_hasura'::regrole`,
      ),
    );
    expect(rows).toEqual([]);
  });
});
