import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { holdDataDir, unwritable } from '@tierline/postgres';

/** Makes a data directory if it is missing, and takes it for this process alone; the answer lets go of it. */
export async function takeDataDir(dataDir: string): Promise<() => Promise<void>> {
  try {
    await makeFolder(dataDir);
  } catch (error) {
    throw unwritable(dataDir, error);
  }
  return holdDataDir(dataDir);
}

/**
 * Makes a folder and those above it. Node's own `recursive` never ends where a folder above is there and yet nothing can
 * be made in it, as in /proc.
 */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}
