import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { ensureCluster, makeOwnedFolder } from './cluster.ts';
import { databaseUrl } from './connection.ts';
import { findFreePort } from './port.ts';
import { ensureReachable } from './reachable.ts';
import { startServer } from './server.ts';
import { findSystemUser } from './system-user.ts';

/** A server that leaves nothing behind. */
export interface ThrowAwayPostgres {
  /** Of the database `postgres`, as its superuser. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** For data that nobody will miss: a crash may lose it, so nothing waits for the disk. */
const FAST_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
} as const;

/** Starts a server with an empty cluster on a free port, for tests and code generation. */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  const user = findSystemUser();
  const binaries = await findBinaries(user);
  const made = await mkdtemp(join(tmpdir(), 'tierline-pg-'));
  const folder = await ensureReachable(made, user);
  if (folder !== made) await rmdir(made);
  const password = randomBytes(18).toString('hex');
  const directory = join(folder, 'data');
  try {
    await makeOwnedFolder(folder, undefined);
    await chmod(folder, 0o755);
    await ensureCluster({ directory, user, password, binaries });
    const port = await findFreePort();
    const server = await startServer({
      binaries,
      directory,
      user,
      port,
      logFile: join(folder, 'postgres.log'),
      settings: FAST_SETTINGS,
      throwAwayFolder: folder,
    });
    const stop = () => server.stop(() => rm(folder, { recursive: true, force: true }));
    return { url: databaseUrl(port, password, 'postgres'), pid: server.pid, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
