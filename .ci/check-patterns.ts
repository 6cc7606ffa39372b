/**
 * Fails for every regular expression of the sources that is not proven to run in time linear in the length of the
 * text, whatever the text: `file:line` and the reason. A stranger's text reaches most patterns sooner or later, so
 * there are no exceptions but tests and tools that only see our own files.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FoundPattern, findPatterns } from './find-patterns.ts';
import { problemOfPattern } from './prove-pattern.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const notServed = /\.test\.tsx?$|\/testing\/|^(?:e2e|bench|\.ci)\/|\/gql\/|\.generated\.ts$/;

/** Proofs take a part of a second each and never change: those made are kept beside the installed packages. */
const keptIn = join(root, 'node_modules', '.cache', 'tierline', 'linear-patterns.json');

const files = execFileSync('git', ['ls-files', '-z', '*.ts', '*.tsx', '*.js', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && !notServed.test(file));
const patterns = files.flatMap((file) => findPatterns(file, readFileSync(join(root, file), 'utf8')));

const proven = readProven();
const problems = patterns.flatMap((pattern) => {
  const problem = problemOf(pattern);
  return problem === null ? [] : [`${pattern.file}:${pattern.line} ${problem}`];
});
mkdirSync(join(keptIn, '..'), { recursive: true });
writeFileSync(keptIn, JSON.stringify([...proven]));
for (const problem of problems) console.error(problem);
console.log(`${patterns.length} regular expressions checked, ${problems.length} not linear`);
if (problems.length > 0) process.exitCode = 1;

function problemOf({ source, flags }: FoundPattern): string | null {
  if (source === null) return 'puts a pattern together at run time, which cannot be checked: write it down';
  const key = createHash('sha256').update(`${flags}/${source}`).digest('base64url');
  if (proven.has(key)) return null;
  const problem = problemOfPattern(source, flags);
  if (problem === null) proven.add(key);
  return problem;
}

function readProven(): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(keptIn, 'utf8')) as string[]);
  } catch {
    // None kept yet, or no longer readable: all are proven anew.
    return new Set();
  }
}
