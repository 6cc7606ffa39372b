import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, PostgresStartError } from './errors.ts';

/** What a running server writes into `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly isReady: boolean;
}

/** Reads `postmaster.pid`, or undefined when no server has written one. */
export async function readPostmasterFile(directory: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Stops a server that outlived the process that started it (kill -9), and removes the lock of one that died
 * without clearing up. Without this the next start would fail, or hang on a process number that the system
 * has meanwhile given to another program.
 */
export async function clearLeftovers(directory: string): Promise<void> {
  const left = await readPostmasterFile(directory);
  if (!left) return;
  if (!isAlive(left.pid) || !isServerOf(left.pid, directory)) {
    await rm(join(directory, 'postmaster.pid'), { force: true });
    return;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    process.kill(left.pid, signal);
    if (await isGoneWithin(left.pid, patienceMs)) return;
  }
  throw new PostgresStartError(
    `A PostgreSQL left over from an earlier start (process ${left.pid}) does not stop; end it by hand.`,
  );
}

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (!isAlive(pid) || isZombie(pid)) return true;
    await sleep(20);
  }
  return false;
}

/** A server whose parent does not reap it keeps its number but does nothing any more. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // The name stands in parentheses and may hold anything; the state comes behind it.
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 1).startsWith(' Z ');
  } catch {
    return true; // gone between the two looks
  }
}

function isServerOf(pid: number, directory: string): boolean {
  return commandLine(pid).includes(directory);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return ''; // the server itself detects a stale lock there
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
