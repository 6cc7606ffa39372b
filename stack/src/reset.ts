import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { clusterFolder, holdDataDir } from '@tierline/postgres';
import { loadDotEnv } from './settings/load-dot-env.ts';
import { readSettings } from './settings/read-settings.ts';

/** `npm run reset`: deletes the embedded database and the development keys, after asking. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { yes: { type: 'boolean', short: 'y', default: false } } });
  loadDotEnv();
  const { dataDir } = readSettings(process.env);
  const files = await readdir(dataDir).catch((): string[] => []);
  if (files.length === 0) {
    process.stdout.write(`There is nothing in ${dataDir}.\n`);
    return;
  }
  if (!files.includes('postgres')) {
    throw new Error(`${dataDir} holds no embedded database, so nothing was deleted; check DATA_DIR.`);
  }
  if (!values.yes && !(await isConfirmed(dataDir))) {
    process.stdout.write('Nothing was deleted.\n');
    return;
  }
  await deleteData(dataDir);
  process.stdout.write(`Deleted the data in ${dataDir}. The next npm start begins anew.\n`);
}

async function isConfirmed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Delete the embedded database and keys in ${dataDir}? Type yes: `);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

/** What our own start makes; anything else a person keeps in there stays. */
const OURS =
  /^(postgres(\.new|\.log)?|pg-password|actions-database-password|admin-secret|action-secret|jwt-signing-keys\.json)$/;

async function deleteData(dataDir: string): Promise<void> {
  const release = await holdDataDir(dataDir); // refuses while a stack runs on it
  await rm(await clusterFolder(dataDir), { recursive: true, force: true });
  const names = (await readdir(dataDir)).filter((name) => OURS.test(name));
  await Promise.all(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
  await release();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
