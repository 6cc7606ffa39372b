import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createTestDatabase } from '@tierline/postgres/testing';
import { describe, expect, it } from 'vitest';
import { checkGivenDatabases } from './check-database.ts';

describe('the databases that a person named', () => {
  it('are good as they are for an owner, with a login that only comes with the migrations', async () => {
    const { url } = await createTestDatabase({ migrated: false });
    const actions = new URL(url);
    actions.username = 'nobody_yet';
    await checkGivenDatabases({ databaseUrl: url, actionsDatabaseUrl: actions.href });
  });

  it('are named by their variables when they accept and say nothing', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `postgres://owner:a-secret-of-mine@127.0.0.1:${(silent.address() as AddressInfo).port}/tierline`;
    await expect(checkGivenDatabases({ databaseUrl: url, actionsDatabaseUrl: url }, 500)).rejects.toThrow(
      'The database of DATABASE_URL cannot be reached: it did not answer within 0.5 s.\n' +
        'The database of ACTIONS_DATABASE_URL cannot be reached: it did not answer within 0.5 s.',
    );
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('are refused for a login without the right to make tables', async () => {
    const db = await createTestDatabase({ migrated: false });
    const role = `poor_${db.name}`;
    await db.query(`create role ${role} login password 'a-password-of-tests'`);
    const url = new URL(db.url);
    url.username = role;
    url.password = 'a-password-of-tests';
    const refused = checkGivenDatabases({ databaseUrl: url.href });
    await expect(refused).rejects.toThrow(
      `DATABASE_URL signs in as ${role}, which applies the migrations in ${db.name} and cannot: ` +
        'it needs a role that may create schemas in the database.',
    );
    await db.drop();
    // Roles belong to the server.
    const other = await createTestDatabase({ migrated: false });
    await other.query(`drop role ${role}`);
  });
});
