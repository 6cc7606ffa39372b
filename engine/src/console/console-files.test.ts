import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareConsole } from './console-files.ts';

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'engine-console-'));
});

afterAll(async () => {
  await rm(parent, { recursive: true });
});

it('builds once, from our own files alone', { timeout: 120_000 }, async () => {
  const folder = await prepareConsole(join(parent, 'console'));
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  expect(page).toContain('/console/assets/');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  // An inline script would need a hole in the content security policy.
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  const built = (await stat(join(folder, 'index.html'))).mtimeMs;
  expect(await prepareConsole(folder)).toBe(folder);
  expect((await stat(join(folder, 'index.html'))).mtimeMs).toBe(built);
  expect(await readdir(parent)).toEqual(['console']);
});
