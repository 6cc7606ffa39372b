import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecrets } from './secrets.ts';
import { readSettings } from './settings/read-settings.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tierline-secrets-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

const load = () => loadSecrets(readSettings({ DATA_DIR: dataDir }));

describe('the secrets of a data directory', () => {
  it('are made once', async () => {
    expect(await load()).toEqual(await load());
  });

  it.each([
    ['jwt-signing-keys.json', 'not JSON, though long enough', 'a JSON array of private RSA keys'],
    ['action-secret', 'short', 'a secret of at least 16 characters'],
    ['admin-secret', '', 'a secret of at least 16 characters'],
  ])('name the file %s when it is spoiled, and leave it alone', async (name, content, wanted) => {
    await load();
    const path = join(dataDir, name);
    await writeFile(path, content);
    await expect(load()).rejects.toThrow(
      `The file ${path} does not hold ${wanted} any more; put its old content back, or delete the file to have a new one made.`,
    );
    expect(await readFile(path, 'utf8')).toBe(content);
  });
});
