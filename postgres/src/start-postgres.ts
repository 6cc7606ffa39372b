import { chmod, mkdir, readlink, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { ensureCluster, unwritable } from './cluster.ts';
import { databaseUrl, withClient } from './connection.ts';
import { errorCode, PostgresStartError } from './errors.ts';
import { takeLock } from './lock.ts';
import { clearLeftovers } from './postmaster-pid.ts';
import { ensureReachable } from './reachable.ts';
import { startServer } from './server.ts';
import { findSystemUser, type SystemUser } from './system-user.ts';

/** A lasting embedded server. */
export interface StartPostgresOptions {
  /** Its data survives here between starts. */
  readonly dataDir: string;
  readonly port: number;
  /** Of the account `postgres`; fixed when the data directory is first made. */
  readonly password: string;
  /** Made when missing. */
  readonly database: string;
  /** The caller holds the data directory itself, by `holdDataDir`, and lets go of it after `stop()`. */
  readonly isHeld?: boolean;
}

/** A running lasting server. */
export interface Postgres {
  readonly url: string;
  readonly pid: number;
  /** Whether this start made the data directory. */
  readonly isNew: boolean;
  /** Resolves with the reason when the server ends, wanted or not. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** Starts the lasting server of a data directory on loopback, making both the cluster and the database if needed. */
export async function startPostgres(options: StartPostgresOptions): Promise<Postgres> {
  const dataDir = resolve(options.dataDir);
  const user = findSystemUser();
  const [binaries, directory] = await Promise.all([findBinaries(user), prepareFolder(dataDir, user)]);
  const unlock = options.isHeld ? async () => undefined : await holdDataDir(dataDir);
  try {
    if (options.isHeld) await clearLeftovers(directory);
    const state = await ensureCluster({ directory, user, password: options.password, binaries });
    const server = await startServer({
      binaries,
      directory,
      user,
      port: options.port,
      logFile: join(dataDir, 'postgres.log'),
      settings: { fsync: 'on', max_connections: '200' },
    });
    const stop = async () => {
      await server.stop();
      await unlock();
    };
    try {
      await ensureDatabase(options);
    } catch (error) {
      await stop();
      throw error;
    }
    const url = databaseUrl(options.port, options.password, options.database);
    return { url, pid: server.pid, isNew: state === 'created', exited: server.exited, stop };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Where the cluster of a data directory lies: inside it, or where a link in it leads when root's home is in the way. */
export async function clusterFolder(dataDir: string): Promise<string> {
  const inside = join(resolve(dataDir), 'postgres');
  return readlink(inside).catch(() => inside);
}

/**
 * Makes sure that no other process of ours uses a data directory, and that no server left over from a killed one
 * does; the answer lets go of it.
 */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  const release = await takeLock(join(resolve(dataDir), 'postgres.lock'), dataDir).catch((error: unknown) => {
    throw unwritable(dataDir, error);
  });
  try {
    await clearLeftovers(await clusterFolder(dataDir));
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}

async function prepareFolder(dataDir: string, user: SystemUser | undefined): Promise<string> {
  const inside = join(dataDir, 'postgres');
  try {
    await mkdir(dataDir, { recursive: true });
    if (user) await chmod(dataDir, 0o755);
    const place = await ensureReachable(inside, user);
    if (place === inside) return inside;
    await symlink(place, inside).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
    return place;
  } catch (error) {
    throw unwritable(dataDir, error);
  }
}

async function ensureDatabase(options: StartPostgresOptions): Promise<void> {
  try {
    await withClient(databaseUrl(options.port, options.password, 'postgres'), async (client) => {
      const found = await client.query('select 1 from pg_database where datname = $1', [options.database]);
      if (found.rowCount === 0)
        await client.query(`create database ${pg.escapeIdentifier(options.database)}`);
    });
  } catch (error) {
    if (errorCode(error) !== '28P01') throw error;
    throw new PostgresStartError(
      `The PostgreSQL in ${options.dataDir} was made with another password; set PG_PASSWORD to that one or run npm run reset.`,
      { cause: error },
    );
  }
}
