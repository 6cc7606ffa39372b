import { readFileSync } from 'node:fs';

const INTERVAL_MS = 100;

/**
 * Calls back once npm, or the shell between it and us, is gone. npm passes a signal on to that shell alone, which
 * dies of it without a word to us, and `kill -9` of npm tells nobody; everything would run on unseen. Without npm
 * in front (`node stack/bin/start.js`) there is nothing to watch.
 */
export function watchLauncher(onGone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = isNpm(parentOf(shell)) ? parentOf(shell) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || parentOf(shell) === npm)) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}

/** The parent of another process, where the system tells; our own parent is known everywhere. */
function parentOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    return Number(fields.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** npm writes what it runs into its own title. A shell as our grandparent may end while we go on. */
function isNpm(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm ');
  } catch {
    return false;
  }
}
