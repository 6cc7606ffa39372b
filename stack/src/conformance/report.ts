import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import { runConformance } from './conformance.ts';
import { compatibilityTable, withTable } from './table.ts';
import { type CaseResult, type Exception, judge } from './verdict.ts';

const EXCEPTIONS = new URL('./exceptions.json', import.meta.url);
const PAGE = join(PROJECT_ROOT, 'docs/hasura-compat.md');

/** Runs a whole folder of cases and holds it against the known exceptions; answers the exit code. */
export async function checkConformance(folder: string): Promise<number> {
  const [results, exceptions] = await Promise.all([runAll(folder), readExceptions()]);
  const { passed, mistakes } = judge(results, exceptions);
  for (const mistake of mistakes) console.log(`FAILED  ${mistake}`);
  console.log(`\n${passed} passed, ${mistakes.length} failed`);
  return mistakes.length === 0 ? 0 : 1;
}

/** Runs a whole folder of cases and writes what came out into docs/hasura-compat.md. */
export async function writeConformanceTable(folder: string): Promise<number> {
  const [results, exceptions] = await Promise.all([runAll(folder), readExceptions()]);
  await writeFile(PAGE, withTable(await readFile(PAGE, 'utf8'), compatibilityTable(results, exceptions)));
  console.log(`wrote the table of ${results.length} cases into docs/hasura-compat.md`);
  return 0;
}

async function readExceptions(): Promise<readonly Exception[]> {
  return JSON.parse(await readFile(EXCEPTIONS, 'utf8')) as Exception[];
}

async function runAll(folder: string): Promise<readonly CaseResult[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'tierline-conformance-'));
  try {
    const file = join(scratch, 'results.json');
    await runConformance(folder, ['--json', file]);
    return (JSON.parse(await readFile(file, 'utf8')) as { results: CaseResult[] }).results;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
