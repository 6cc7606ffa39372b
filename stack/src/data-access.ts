import { databaseUrl, withClient } from '@tierline/postgres';
import { openDatabase } from './database.ts';
import { StackStartError } from './errors.ts';
import { migrateDatabase } from './processes/engine.ts';
import { loadSecrets } from './secrets.ts';
import type { Settings } from './settings/types.ts';

/**
 * Does some work on the database of these settings, for commands beside `npm start`: on the one that DATABASE_URL names,
 * on the embedded one while it runs, otherwise on the embedded one started for the time and migrated first.
 */
export async function withDatabaseOf<T>(settings: Settings, work: (url: string) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== undefined) {
    const refusal = await tryToConnect(settings.databaseUrl);
    if (refusal !== undefined)
      throw new StackStartError(`The database of DATABASE_URL cannot be reached: ${refusal.reason}.`);
    return workOnMigrated(settings.databaseUrl, work);
  }
  const secrets = await loadSecrets(settings);
  const running = databaseUrl(settings.pgPort, secrets.pgPassword, 'tierline');
  const refusal = await tryToConnect(running);
  if (refusal === undefined) return workOnMigrated(running, work);
  if (refusal.code !== 'ECONNREFUSED') {
    throw new StackStartError(
      `Port ${settings.pgPort} answers, but not as the database in ${settings.dataDir} (${refusal.reason}); ` +
        'set PG_PORT and DATA_DIR to those of the running stack, or PG_PORT to a free port.',
    );
  }
  const { url, embedded } = await openDatabase(settings, secrets);
  try {
    await migrateDatabase({ settings, secrets, databaseUrl: url, log: () => undefined });
    return await work(url);
  } finally {
    await embedded?.stop();
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

/** Why a database does not let us in, or undefined. The reason never holds the address: a password is part of that. */
async function tryToConnect(url: string): Promise<{ code: unknown; reason: string } | undefined> {
  try {
    await withClient(url, async () => undefined);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    // A host with several addresses fails with one error for all of them, which has a code and no message.
    return { code, reason: error.message || String(code) };
  }
}
