import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';

/** A file that code generation makes, its path counted from the project's root. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** The files whose committed content is not what generation makes. */
export async function findDifferences(files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const same = await Promise.all(
    files.map(async ({ path, content }) => {
      const committed = await readFile(join(PROJECT_ROOT, path), 'utf8').catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined;
          throw error;
        },
      );
      return committed === content;
    }),
  );
  return files.filter((_, index) => !same[index]);
}

/** Writes files, making their folders. */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<void> {
  await Promise.all(
    files.map(async ({ path, content }) => {
      const absolute = join(PROJECT_ROOT, path);
      await mkdir(dirname(absolute), { recursive: true });
      await writeFile(absolute, content);
    }),
  );
}
