import type pg from 'pg';
import type { Pool } from '../execute/pool.ts';
import { nextRuns } from './cron-schedule.ts';
import type { CronTrigger } from './cron-trigger.ts';
import { ensureScheduledCatalog, hasScheduledCatalog } from './scheduled-catalog.ts';

/** As many events of a trigger wait in the database, as on the reference: it can be seen what will come. */
const upcomingEvents = 100;

const onlyOne = `SELECT pg_advisory_xact_lock(hashtextextended('hdb_catalog.cron_events', 0))`;

/**
 * Plans anew after cron triggers have changed, in the caller's transaction: what was still to come and has not
 * been tried goes, and each trigger gets its next events. All times are the database's.
 */
export async function replanCronEvents(
  client: pg.ClientBase,
  triggers: readonly CronTrigger[],
): Promise<void> {
  if (triggers.length === 0 && !(await hasScheduledCatalog(client))) return;
  await ensureScheduledCatalog(client);
  await client.query(onlyOne);
  const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  const now = rows[0]?.now ?? new Date();
  const names = triggers.map(({ name }) => name);
  // Of a trigger that is gone nothing is delivered any more, not even what is late.
  await client.query(
    `DELETE FROM hdb_catalog.hdb_cron_events
     WHERE status = 'scheduled' AND (trigger_name <> ALL ($1) OR (scheduled_time > $2 AND tries = 0))`,
    [names, now],
  );
  for (const trigger of triggers) await plan(client, trigger, now);
}

/** Fills up what has been delivered since; for the minute-by-minute look. */
export function topUpCronEvents(pool: Pool, triggers: readonly CronTrigger[]): Promise<void> {
  return pool.withClient(async (client) => {
    await client.query('BEGIN');
    await client.query(onlyOne);
    const { rows } = await client.query<{ name: string; last: Date; upcoming: number; now: Date }>(
      `SELECT name, greatest(max(scheduled_time), clock_timestamp()) AS last,
         count(*) FILTER (WHERE status = 'scheduled' AND scheduled_time > clock_timestamp())::int AS upcoming
       FROM unnest($1::text[]) AS name LEFT JOIN hdb_catalog.hdb_cron_events ON trigger_name = name
       GROUP BY name`,
      [triggers.map(({ name }) => name)],
    );
    for (const { name, last, upcoming } of rows) {
      const trigger = triggers.find((candidate) => candidate.name === name);
      if (trigger && upcoming < upcomingEvents) await plan(client, trigger, last);
    }
    await client.query('COMMIT');
  });
}

async function plan(client: pg.ClientBase, trigger: CronTrigger, after: Date): Promise<void> {
  await client.query(
    `INSERT INTO hdb_catalog.hdb_cron_events (trigger_name, scheduled_time)
     SELECT $1, unnest($2::timestamptz[]) ON CONFLICT DO NOTHING`,
    [trigger.name, nextRuns(trigger.schedule, upcomingEvents, after)],
  );
}
