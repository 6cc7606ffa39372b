import type { Pool } from '../execute/pool.ts';
import { prepare } from '../execute/statement.ts';
import { unlimited } from '../execute/statement-limits.ts';
import type { CleanupPolicy } from './event-trigger.ts';

/** How many rows went. */
export interface ClearedLog {
  readonly events: number;
  readonly invocations: number;
}

function clearBatch(change: string): string {
  return `
    WITH old AS (
      SELECT id FROM hdb_catalog.event_log
      WHERE trigger_name = $1 AND (delivered OR error OR archived) AND locked IS NULL
        AND created_at < (now() AT TIME ZONE 'UTC') - make_interval(hours => $2::int)
      ORDER BY created_at LIMIT $3::int FOR UPDATE SKIP LOCKED
    ), invocations AS (
      ${change} WHERE event_id IN (SELECT id FROM old) RETURNING 1
    ), events AS (
      DELETE FROM hdb_catalog.event_log WHERE id IN (SELECT id FROM old) RETURNING 1
    )
    SELECT (SELECT count(*) FROM events)::text, (SELECT count(*) FROM invocations)::text`;
}

const withInvocations = prepare(clearBatch('DELETE FROM hdb_catalog.event_invocation_logs'));
// What stays speaks of an event that is gone.
const withoutInvocations = prepare(
  clearBatch('UPDATE hdb_catalog.event_invocation_logs SET event_id = NULL'),
);

/** Deletes a trigger's events that are done with and old enough, batch by batch. Waiting ones stay. */
export async function clearEventLog(
  pool: Pool,
  trigger: string,
  policy: Omit<CleanupPolicy, 'schedule' | 'isPaused'>,
): Promise<ClearedLog> {
  const statement = policy.includesInvocations ? withInvocations : withoutInvocations;
  const values = [trigger, String(policy.olderThanHours), String(policy.batchSize)];
  let events = 0;
  let invocations = 0;
  for (;;) {
    const counts = await pool.queryRow(statement, values, { ...unlimited, seconds: policy.timeoutSeconds });
    const [gone, cut] = counts.map(Number);
    events += gone ?? 0;
    invocations += policy.includesInvocations ? (cut ?? 0) : 0;
    if ((gone ?? 0) < policy.batchSize) return { events, invocations };
  }
}
