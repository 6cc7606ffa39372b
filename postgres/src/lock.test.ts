import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tierline-lock-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Processes that want the lock at the same moment; those who get it keep it until all have had their answer. */
async function race(count: number): Promise<string[]> {
  const script = `
    import { createInterface } from 'node:readline';
    import { takeLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    console.log('ready');
    await lines.next();
    console.log(await takeLock(${JSON.stringify(join(folder, 'lock'))}, 'x').then(() => 'mine', () => 'in use'));
    await lines.next();`;
  const runners = Array.from({ length: count }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    return { child, next, exited: once(child, 'exit') };
  });
  const all = () => Promise.all(runners.map(({ next }) => next()));
  expect(await all()).toEqual(Array(count).fill('ready'));
  for (const { child } of runners) child.stdin.write('go\n');
  const answers = await all();
  for (const { child } of runners) child.stdin.end();
  await Promise.all(runners.map(({ exited }) => exited));
  return answers;
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
