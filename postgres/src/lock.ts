import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, PostgresStartError } from './errors.ts';
import { isAlive } from './postmaster-pid.ts';

/** Who holds a data directory: a process number alone could since belong to another program. */
interface Owner {
  readonly pid: number;
  readonly startedAt: string;
}

/** One that is just stopping may finish. */
const GRACE_MS = 3_000;

/** Takes `path` as the lock of a data directory for this process; the answer gives it back. */
export async function takeLock(path: string, directory: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + GRACE_MS;
  const mine = JSON.stringify(identify(process.pid));
  for (;;) {
    if (await claim(path, mine)) return () => rm(path, { force: true });
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue; // given back a moment ago
    const owner = readOwner(text);
    if (owner === undefined || !isStillRunning(owner)) {
      await clearAway(path, text);
      continue;
    }
    if (Date.now() >= deadline) {
      throw new PostgresStartError(
        `The data directory ${directory} is in use by process ${owner.pid}; stop it or set DATA_DIR to another folder.`,
      );
    }
    await sleep(100);
  }
}

/** Puts the lock there with its text in one step, so that nobody ever reads one without an owner and takes it for a dead one's. */
async function claim(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes the lock of a dead process. Another start may have done so already and taken it: what was moved away is looked
 * at again, and a living one's lock goes back.
 */
async function clearAway(path: string, deadText: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const text = await readFile(aside, 'utf8');
  if (text !== deadText) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function readOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    const isOwner = typeof owner?.pid === 'number' && typeof owner.startedAt === 'string';
    return isOwner ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}

function isStillRunning(owner: Owner): boolean {
  return isAlive(owner.pid) && identify(owner.pid).startedAt === owner.startedAt;
}

/** On Linux the kernel knows when a process began; elsewhere the number has to do. */
function identify(pid: number): Owner {
  if (process.platform !== 'linux') return { pid, startedAt: '' };
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { pid, startedAt: fields[19] ?? '' };
  } catch {
    return { pid, startedAt: '' };
  }
}
