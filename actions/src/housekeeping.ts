/** What has expired is deleted now and then; every replica does it, and doing it twice does no harm. */

import { describeError } from './logging.ts';
import type { Services } from './services.ts';

const INTERVAL_MS = 5 * 60 * 1000;

type Keeper = Pick<Services, 'database' | 'rateLimits' | 'logger'>;

/** Deletes counters whose window is over, one-time links that no longer open, and sessions whose last token has expired. */
export async function deleteExpired({ database, rateLimits }: Omit<Keeper, 'logger'>): Promise<void> {
  await rateLimits.deleteExpired();
  await database.query('delete from private.password_reset_tokens where expires_at < now()');
  await database.query('delete from private.refresh_tokens where expires_at < now()');
  await database.query(
    `delete from private.sessions s where s.created_at < now() - interval '1 day'
       and not exists (select from private.refresh_tokens t where t.session_id = s.id)`,
  );
}

/** Does so every five minutes; answers how to end it. */
export function startHousekeeping(keeper: Keeper): () => void {
  const timer = setInterval(() => {
    deleteExpired(keeper).catch((error: unknown) => {
      keeper.logger.warn({ error: describeError(error) }, 'what has expired could not be deleted');
    });
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
