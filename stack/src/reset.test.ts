import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, startPostgres } from '@tierline/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tierline-reset-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

function reset(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'reset.ts'), ...args],
    {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
      encoding: 'utf8',
      input: '',
    },
  );
  return { code: status, output: `${stdout}${stderr}` };
}

async function fill(): Promise<void> {
  await mkdir(join(dataDir, 'postgres'));
  for (const name of ['postgres/PG_VERSION', 'pg-password', 'jwt-signing-keys.json', 'notes.txt']) {
    await writeFile(join(dataDir, name), '');
  }
}

describe('npm run reset', () => {
  it('deletes what our start made and leaves what somebody else put there', async () => {
    await fill();
    expect(reset('--yes').code).toBe(0);
    expect(await readdir(dataDir)).toEqual(['notes.txt']);
  });

  it('deletes nothing where nobody can be asked', async () => {
    await fill();
    expect(reset().output).toContain('Nothing was deleted.');
    expect((await readdir(dataDir)).sort()).toEqual([
      'jwt-signing-keys.json',
      'notes.txt',
      'pg-password',
      'postgres',
    ]);
  });

  it('refuses a folder without a database of ours', async () => {
    await writeFile(join(dataDir, 'thesis.txt'), '');
    const { code, output } = reset('--yes');
    expect([code, output.trim()]).toEqual([
      1,
      `${dataDir} holds no embedded database, so nothing was deleted; check DATA_DIR.`,
    ]);
  });

  it('refuses while a server uses the directory', async () => {
    const postgres = await startPostgres({
      dataDir,
      port: await findFreePort(),
      password: 'a long enough password',
      database: 'tierline',
    });
    const { code, output } = reset('--yes');
    await postgres.stop();
    expect(output).toContain(`${dataDir} is in use by process ${process.pid}`);
    expect(code).toBe(1);
  });
});
