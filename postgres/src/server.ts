import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresBinaries } from './binaries.ts';
import { serverEnvironment, unwritable } from './cluster.ts';
import { PostgresStartError } from './errors.ts';
import { guardServer } from './guard.ts';
import { isPortFree } from './port.ts';
import { readPostmasterFile } from './postmaster-pid.ts';
import type { SystemUser } from './system-user.ts';

/** A server process that accepts connections. */
export interface RunningServer {
  readonly pid: number;
  /** Ends all connections, writes everything down, waits until the process is gone, then does `tidyUp`. */
  stop(tidyUp?: () => Promise<void>): Promise<void>;
  /** Resolves with the reason when the process ends, wanted or not. */
  readonly exited: Promise<string>;
}

/** What a server process needs. */
export interface ServerOptions {
  readonly binaries: PostgresBinaries;
  readonly directory: string;
  readonly port: number;
  readonly user: SystemUser | undefined;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Delete this folder should we die before `stop()`. */
  readonly throwAwayFolder?: string;
}

const HOST = '127.0.0.1';
const START_PATIENCE_MS = 60_000;

/**
 * Settings that hold for every embedded server: TCP on loopback only, scram passwords, UTC, and a log without the values of
 * the row that a constraint refused, which may be what people wrote.
 */
const COMMON_SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  log_error_verbosity: 'terse',
  dynamic_shared_memory_type: process.platform === 'win32' ? 'windows' : 'mmap',
} as const;

/** Starts the server process and waits until it accepts connections. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  await refuseTakenPort(options.port);
  const log = await open(options.logFile, 'a', 0o600);
  const child = spawn(options.binaries.postgres, serverArguments(options), {
    ...options.user,
    stdio: ['ignore', log.fd, log.fd],
    detached: process.platform !== 'win32', // Ctrl-C in the terminal is ours to handle, after the engine has let go
    env: serverEnvironment(),
  });
  // Listened for from the start: a program that cannot be run says so before anything below is reached.
  const ended = new Promise<Error | undefined>((resolve) => {
    child.once('exit', () => resolve(undefined));
    child.once('error', resolve);
  });
  await log.close();
  const pid = child.pid;
  if (pid === undefined) {
    const cause = await ended;
    throw new PostgresStartError(`PostgreSQL cannot be run: ${cause?.message}`, { cause });
  }
  const guard = guardServer(pid, options.throwAwayFolder);
  try {
    await waitUntilReady(child, options);
  } catch (error) {
    guard.release();
    throw error;
  }
  return {
    pid,
    exited: ended.then(() =>
      child.signalCode === null ? `exit code ${child.exitCode}` : `ended by ${child.signalCode}`,
    ),
    stop: async (tidyUp) => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await ended;
      await tidyUp?.();
      guard.release(); // last, so that being killed meanwhile leaves nothing either
    },
  };
}

function serverArguments(options: ServerOptions): string[] {
  const settings = { ...COMMON_SETTINGS, port: String(options.port), ...options.settings };
  return [
    '-D',
    options.directory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function refuseTakenPort(port: number): Promise<void> {
  if (await isPortFree(port, HOST)) return;
  throw new PostgresStartError(
    `Port ${port} on ${HOST} is taken by another program; free it or set PG_PORT to another port.`,
  );
}

async function waitUntilReady(child: ChildProcess, options: ServerOptions): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw await explainExit(options);
    const file = await readPostmasterFile(options.directory);
    if (file?.pid === child.pid && file?.isReady) return;
    await sleep(15);
  }
  child.kill('SIGQUIT');
  throw new PostgresStartError(
    `PostgreSQL was not ready within ${START_PATIENCE_MS / 1000} s; see ${options.logFile}.`,
  );
}

/** The last complaint in the log says more than the exit code; on a full disk not even that may have been written. */
async function explainExit({ logFile, directory }: ServerOptions): Promise<PostgresStartError> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const complaint = log.split('\n').findLast((line) => /FATAL|PANIC|error while loading/.test(line));
  if (/No space left on device/.test(complaint ?? '') || (await hasNoRoom(directory)))
    return unwritable(dirname(directory), { code: 'ENOSPC' });
  return new PostgresStartError(
    `PostgreSQL stopped while starting: ${complaint?.trim() ?? 'no reason given'} (see ${logFile}).`,
  );
}

async function hasNoRoom(directory: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize < 1_000_000;
}
