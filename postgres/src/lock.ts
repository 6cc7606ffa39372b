import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
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
  for (;;) {
    const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
      if (errorCode(error) === 'EEXIST') return undefined;
      throw error;
    });
    if (file) {
      await file.writeFile(JSON.stringify(identify(process.pid)));
      await file.close();
      return () => rm(path, { force: true });
    }
    const owner = await readOwner(path);
    if (owner && isStillRunning(owner)) {
      if (Date.now() < deadline) {
        await sleep(100);
        continue;
      }
      throw new PostgresStartError(
        `The data directory ${directory} is in use by process ${owner.pid}; stop it or set DATA_DIR to another folder.`,
      );
    }
    await rm(path, { force: true });
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    return undefined; // cut short by a crash, or removed a moment ago: nobody's
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
