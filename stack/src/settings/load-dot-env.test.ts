import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDotEnv } from './load-dot-env.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-env-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(content: string | Buffer, environment: Record<string, string> = {}) {
  const path = join(folder, '.env');
  await writeFile(path, content);
  loadDotEnv(path, environment);
  return environment;
}

describe('.env', () => {
  it('sets what the shell has not set', async () => {
    expect(await load('HOST=::1\nADMIN_PORT=3003\n', { HOST: '127.0.0.2' })).toEqual({
      HOST: '127.0.0.2',
      ADMIN_PORT: '3003',
    });
  });

  it('need not be there', () => {
    expect(() => loadDotEnv(join(folder, 'none'), {})).not.toThrow();
  });

  it('may begin with a byte order mark, as some editors write it', async () => {
    expect(await load('\ufeffHOST=::1\n')).toEqual({ HOST: '::1' });
  });

  it('is refused in another encoding, in which no line would be read', async () => {
    await expect(load(Buffer.from('\ufeffHOST=::1\n', 'utf16le'))).rejects.toThrow(
      /\.env is not in UTF-8; save it as UTF-8\.$/,
    );
  });

  it('is refused when it is a folder or cannot be read', async () => {
    const path = join(folder, 'folder.env');
    await mkdir(path);
    expect(() => loadDotEnv(path, {})).toThrow(
      `${path} cannot be read (it is a folder); make it a readable file or remove it.`,
    );
    // Root reads everything, so the file cannot be one that may not be read: a path through a file fails for all.
    await writeFile(join(folder, 'plain'), '');
    expect(() => loadDotEnv(join(folder, 'plain', '.env'), {})).toThrow('cannot be read (ENOTDIR)');
  });
});
