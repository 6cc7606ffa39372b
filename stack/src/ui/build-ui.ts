import { spawn } from 'node:child_process';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { StackStartError } from '../errors.ts';
import { PROJECT_ROOT } from '../project.ts';
import { hashSources } from './source-hash.ts';

const CACHE = join(PROJECT_ROOT, 'node_modules/.cache/tierline');
const KEPT_BUILDS = 3;

/**
 * The folder with the built pages of a user interface, built first if its sources changed. Each build has a
 * folder of its own, named by what it was made from, so that one start never pulls the files away under another.
 */
export async function ensureUiBuild(ui: string): Promise<string> {
  const folder = join(CACHE, `${ui}-${await hashSources(ui)}`);
  if (await exists(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await build(ui, draft);
  await compressFolder(draft);
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(folder))) throw error; // otherwise another start has just built the same
  });
  await dropOldBuilds(ui);
  return folder;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** vite in a process of its own: both interfaces then build at once while Postgres starts. */
function build(ui: string, outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: join(PROJECT_ROOT, ui),
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new StackStartError(`The build of ${ui} failed:\n${output.trim()}`));
    });
  });
}

const COMPRESSIBLE = /\.(js|css|html|svg|json|map|txt)$/;

/** Compresses once here what would otherwise be compressed for every visitor; the server finds `.br` and `.gz`. */
async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => COMPRESSIBLE.test(name))
      .map(async (name) => {
        const content = await readFile(join(folder, name));
        if (content.length < 1024) return;
        // Quality 9 takes a tenth of the time of 11 for a few per cent more bytes; a newcomer is waiting for this.
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        const [brotli, zipped] = await Promise.all([
          promisify(brotliCompress)(content, { params }),
          promisify(gzip)(content),
        ]);
        await Promise.all([
          writeFile(join(folder, `${name}.br`), brotli),
          writeFile(join(folder, `${name}.gz`), zipped),
        ]);
      }),
  );
}

async function dropOldBuilds(ui: string): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => name.startsWith(`${ui}-`) && !name.includes('.'));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, made: (await stat(join(CACHE, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => b.made - a.made).slice(KEPT_BUILDS);
  await Promise.all(old.map(({ name }) => rm(join(CACHE, name), { recursive: true, force: true })));
}
