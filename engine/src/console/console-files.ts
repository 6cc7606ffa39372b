import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const APP = fileURLToPath(new URL('./app', import.meta.url));
const ENGINE = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = join(ENGINE, 'dist/console');
/** Says which sources a build was made from. */
const STAMP = 'built-from.txt';

/** The built console. */
export interface ConsoleFiles {
  /** The folder with its files, built first when the sources have changed since. */
  prepare(): Promise<string>;
}

/** The console's own files; the first who asks waits for the build, the others for the same one. */
export function createConsoleFiles(): ConsoleFiles {
  let prepared: Promise<string> | null = null;
  return {
    prepare() {
      prepared ??= prepareConsole().catch((thrown: unknown) => {
        prepared = null;
        throw thrown;
      });
      return prepared;
    },
  };
}

/** Builds the console unless that has been done; answers its folder. */
export async function prepareConsole(folder = BUILT): Promise<string> {
  const sources = await hashSources();
  const stamp = await readFile(join(folder, STAMP), 'utf8').catch(() => null);
  if (stamp === sources) return folder;
  const vite = findVite();
  // Where the build tools were left out, a console that was built before is the one to serve.
  if (vite === null) {
    if (stamp !== null) return folder;
    throw new Error('The console has not been built, and vite, which builds it, is not installed.');
  }
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  await promisify(execFile)(
    process.execPath,
    [
      vite,
      'build',
      '--config',
      join(APP, 'vite.config.ts'),
      '--outDir',
      draft,
      '--emptyOutDir',
      '--logLevel',
      'error',
    ],
    { cwd: APP, env: { ...process.env, NODE_ENV: 'production' } },
  );
  await writeFile(join(draft, STAMP), sources);
  await replaceFolder(draft, folder);
  return folder;
}

/** Puts a finished build in its place; whoever was quicker has built the same. */
async function replaceFolder(draft: string, folder: string): Promise<void> {
  const old = `${draft}.old`;
  await rename(folder, old).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT') throw thrown;
  });
  try {
    await rename(draft, folder);
  } catch (thrown) {
    if (!['EEXIST', 'ENOTEMPTY'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    await rm(draft, { recursive: true, force: true });
  }
  await rm(old, { recursive: true, force: true });
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(APP, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const name of [...names, join(ENGINE, 'package.json')]) {
    hash.update(name.slice(ENGINE.length)).update(await readFile(name));
  }
  return hash.digest('hex');
}

function findVite(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  } catch {
    return null;
  }
}
