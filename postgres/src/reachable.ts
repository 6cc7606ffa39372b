import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from './errors.ts';
import type { SystemUser } from './system-user.ts';

/** Where things go that another account must read although the project lies in a private folder such as /root. */
const SHARED_ROOT = '/var/lib/tierline';

/**
 * The place for `path` that `user` can reach: `path` itself, or when a folder above it is private a stable
 * one under /var/lib/tierline. With `copy` the contents are copied there once.
 *
 * Only root gets here with a `user`. Opening up someone's home directory would be the other way out, and
 * that is not ours to do.
 */
export async function ensureReachable(
  path: string,
  user: SystemUser | undefined,
  options: { readonly copy?: boolean } = {},
): Promise<string> {
  const absolute = resolve(path);
  if (!user || (await isReachable(absolute, user))) return absolute;
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  await chmod(SHARED_ROOT, 0o755);
  return placeIn(SHARED_ROOT, absolute, options);
}

/** What the shell does not leave as it is between double quotes. */
const SHELL_SPECIAL = /[$`"\\\n]/;

/**
 * A place for programs whose path a shell reads as it is written. initdb starts the server by a shell, and of a checkout in
 * `/home/me/work$1` only `/home/me/work` would be left; such programs are copied, once.
 */
export async function ensureQuotable(path: string, user: SystemUser | undefined): Promise<string> {
  if (process.platform === 'win32' || !SHELL_SPECIAL.test(path)) return path;
  const caches = user
    ? SHARED_ROOT
    : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tierline');
  const folder = SHELL_SPECIAL.test(caches) ? join(tmpdir(), `tierline-${process.getuid?.()}`) : caches;
  await mkdir(folder, { recursive: true, mode: user ? 0o755 : 0o700 });
  return placeIn(folder, path, { copy: true });
}

async function placeIn(
  folder: string,
  absolute: string,
  options: { readonly copy?: boolean },
): Promise<string> {
  const replacement = join(folder, createHash('sha256').update(absolute).digest('hex').slice(0, 16));
  if (options.copy) await copyOnce(absolute, replacement);
  return replacement;
}

/** Whether the account may enter every folder above `path`, judged by the mode bits. */
async function isReachable(path: string, user: SystemUser): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const info = await stat(folder).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined; // will be made by us, open enough
      throw error;
    });
    if (info) {
      const bit = info.uid === user.uid ? 0o100 : info.gid === user.gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Copies through a private name and a rename, so that two starts at once never see half a copy. */
async function copyOnce(from: string, to: string): Promise<void> {
  const [source, copied] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
  if (copied && copied.mtimeMs >= source.mtimeMs) return;
  const draft = `${to}.${process.pid}`;
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await rm(to, { recursive: true, force: true });
  await rename(draft, to).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  });
}
