import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Processes that want the lock at the same moment; those who get it keep it until all have had their answer. */
async function race(count: number): Promise<string[]> {
  const at = Date.now() + 2_000;
  const script = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { takeLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    await sleep(Math.max(0, ${at} - Date.now()));
    const answer = await takeLock(${JSON.stringify(join(folder, 'lock'))}, 'x').then(() => 'mine', () => 'in use');
    process.stdout.write(answer);
    await sleep(4_000);`;
  return Promise.all(
    Array.from({ length: count }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      return text(child.stdout);
    }),
  );
}

describe('the lock of a data directory', () => {
  it('has one owner among those who want it at once, also where a dead one left it', async () => {
    for (const left of [undefined, '', JSON.stringify({ pid: 2 ** 30, startedAt: '1' })]) {
      await rm(join(folder, 'lock'), { force: true });
      if (left !== undefined) await writeFile(join(folder, 'lock'), left);
      const answers = await race(4);
      expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1);
    }
    expect(await readdir(folder)).toEqual(['lock']);
  });
});
