import type pg from 'pg';
import { EngineError } from './errors.ts';
import { reconcileTriggers } from './events/reconcile-triggers.ts';
import type { Pool } from './execute/pool.ts';
import type { Metadata } from './metadata/types.ts';
import { replanCronEvents } from './scheduled/cron-events.ts';
import type { ServingState } from './serving-state.ts';

/** Makes SQL triggers and planned events those of the state, in the transaction of `client` where there is one. */
export async function installTriggers(
  pool: Pool,
  next: ServingState,
  before?: ServingState,
  client?: pg.ClientBase,
): Promise<void> {
  const wanted = {
    triggers: next.eventTriggers,
    names: eventTriggerNames(next.metadata),
    previousNames: before ? eventTriggerNames(before.metadata) : [],
  };
  const hasOtherCron =
    JSON.stringify(next.metadata.cron_triggers) !== JSON.stringify(before?.metadata.cron_triggers);
  const install = async (connection: pg.ClientBase): Promise<void> => {
    await reconcileTriggers(connection, wanted);
    if (before === undefined || hasOtherCron) await replanCronEvents(connection, next.cronTriggers);
  };
  try {
    if (client) await install(client);
    else await inTransaction(pool, install);
  } catch (thrown) {
    const message = `triggers cannot be installed: ${(thrown as Error).message}`;
    throw new EngineError('postgres-error', message, { path: '$.args' });
  }
}

function inTransaction(pool: Pool, work: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  return pool.withClient(async (client) => {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  });
}

function eventTriggerNames(metadata: Metadata): string[] {
  return (metadata.sources[0]?.tables ?? []).flatMap((table) =>
    (table.event_triggers ?? []).map(({ name }) => name),
  );
}
