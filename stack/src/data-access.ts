import { join } from 'node:path';
import { databaseUrl, forgetPostgresVariables, withClient } from '@tierline/postgres';
import { tryDatabase } from './check-database.ts';
import { takeDataDir } from './data-dir.ts';
import { openDatabase } from './database.ts';
import { StackStartError } from './errors.ts';
import { migrateDatabase } from './processes/engine.ts';
import { loadSecrets, readSecret, SECRET_FILES } from './secrets.ts';
import type { Settings } from './settings/types.ts';

/**
 * Does some work on the database of these settings, for commands beside `npm start`: on the one that DATABASE_URL names,
 * on the embedded one while it runs, otherwise on the embedded one started for the time and migrated first.
 */
export async function withDatabaseOf<T>(settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== undefined) {
    const refusal = await tryDatabase(settings.databaseUrl);
    if (refusal !== undefined)
      throw new StackStartError(`The database of DATABASE_URL cannot be reached: ${refusal.reason}.`);
    return workOnMigrated(settings.databaseUrl, work);
  }
  forgetPostgresVariables();
  // Secrets are only read here: making them is for whoever holds the data directory.
  const password =
    settings.given.pgPassword ?? (await readSecret(join(settings.dataDir, SECRET_FILES.pgPassword)));
  const running = databaseUrl(settings.pgPort, password ?? '', 'tierline');
  const refusal = await tryDatabase(running);
  if (refusal === undefined) return workOnMigrated(running, work);
  if (refusal.code !== 'ECONNREFUSED') {
    throw new StackStartError(
      `Port ${settings.pgPort} answers, but not as the database in ${settings.dataDir} (${refusal.reason}); ` +
        'set PG_PORT and DATA_DIR to those of the running stack, or PG_PORT to a free port.',
    );
  }
  return workOnStarted(settings, work);
}

async function workOnStarted<T>(settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  const release = await takeDataDir(settings.dataDir);
  try {
    const secrets = await loadSecrets(settings);
    const { url, embedded } = await openDatabase(settings, secrets);
    try {
      await migrateDatabase({ settings, secrets, databaseUrl: url, log: () => undefined });
      return await work(url);
    } finally {
      await embedded?.server.stop();
    }
  } finally {
    await release();
  }
}

async function workOnMigrated<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  const isMigrated = await withClient(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('private.email_orders') is not null as there`,
    );
    return rows[0]?.there === true;
  });
  if (!isMigrated) {
    throw new StackStartError('The tables are not there yet: start Tierline once, or apply the migrations.');
  }
  return work(url);
}
