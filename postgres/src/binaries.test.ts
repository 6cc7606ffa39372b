import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries, findIn } from './binaries.ts';
import { ensureCluster, makeOwnedFolder } from './cluster.ts';
import { findSystemUser } from './system-user.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-binaries-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe.runIf(process.platform !== 'win32')('the programs of PostgreSQL', () => {
  it('run from a checkout whose path a shell would change', async () => {
    const user = findSystemUser();
    const original = dirname(dirname((await findBinaries(user)).initdb));
    const checkout = join(folder, 'my $HOME `id` work', 'native');
    await cp(original, checkout, { recursive: true, verbatimSymlinks: true });
    await chmod(folder, 0o755);
    const open = join(folder, 'data');
    await makeOwnedFolder(open, user);
    const binaries = await findIn(checkout, user);
    try {
      const directory = join(open, 'postgres');
      expect(await ensureCluster({ directory, user, password: 'correct horse', binaries })).toBe('created');
      expect(await readFile(join(directory, 'PG_VERSION'), 'utf8')).toBe('18\n');
    } finally {
      // A copy for good, of a checkout that is not.
      await rm(dirname(dirname(binaries.initdb)), { recursive: true, force: true });
    }
  });
});
