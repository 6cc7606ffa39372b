import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';

/** Folders and files that do not end up in a build. */
const IGNORED = /(^|\/)(node_modules|dist|testing)$|\.test\.tsx?$/;

/** One value for everything that a build of `ui` depends on: its sources, the shared design and the lockfile. */
export async function hashSources(ui: string): Promise<string> {
  const folders = await Promise.all([ui, 'design'].map((name) => listFiles(join(PROJECT_ROOT, name))));
  const files = [...folders.flat(), join(PROJECT_ROOT, 'package-lock.json')].sort();
  const hash = createHash('sha256');
  const contents = await Promise.all(files.map((file) => readFile(file)));
  files.forEach((file, index) => {
    hash
      .update(relative(PROJECT_ROOT, file))
      .update('\0')
      .update(contents[index] as Buffer)
      .update('\0');
  });
  return hash.digest('hex').slice(0, 20);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map((entry): Promise<string[]> | string[] => {
      const path = join(folder, entry.name);
      if (IGNORED.test(path)) return [];
      return entry.isDirectory() ? listFiles(path) : [path];
    }),
  );
  return nested.flat();
}
