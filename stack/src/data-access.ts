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
  if (settings.databaseUrl !== undefined) return workOnMigrated(settings.databaseUrl, work);
  const secrets = await loadSecrets(settings);
  const running = databaseUrl(settings.pgPort, secrets.pgPassword, 'tierline');
  if (await isListening(running)) return workOnMigrated(running, work);
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

/** Any answer counts, also a refusal: what is wrong with it then shows in the work itself. */
async function isListening(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => undefined);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED');
  }
}
