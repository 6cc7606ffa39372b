/** What has expired is deleted now and then, when Hasura's cron trigger says so; doing it twice at once does no harm. */

import { giveUpOrphanedEmails } from './mail/delivery-store.ts';
import type { Services } from './services.ts';

/** Deletes counters whose window is over, those of table mutations too, one-time links that no longer open, and sessions whose last token has expired. */
export async function deleteExpired({
  database,
  rateLimits,
}: Pick<Services, 'database' | 'rateLimits'>): Promise<void> {
  await rateLimits.deleteExpired();
  await database.query('delete from private.mutation_counts where ends_at < now()');
  await database.query('delete from private.password_reset_tokens where expires_at < now()');
  await database.query('delete from private.refresh_tokens where expires_at < now()');
  await database.query(
    `delete from private.sessions s where s.created_at < now() - interval '1 day'
       and not exists (select from private.refresh_tokens t where t.session_id = s.id)`,
  );
  await giveUpOrphanedEmails(database);
}
