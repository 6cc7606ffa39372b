/** What should have arrived by now and has not: counted in the database whenever somebody asks for the metrics. */

import { Gauge } from 'prom-client';
import { type Database, DatabaseFailure } from './db.ts';
import type { Metrics } from './metrics.ts';

const BACKLOGS = [
  {
    name: 'tierline_events_undelivered',
    help: 'Events of the database older than five minutes that no handler has accepted.',
    sql: 'select private.count_undelivered_events()::float8 as count',
  },
  {
    name: 'tierline_mails_waiting',
    help: 'Mails older than fifteen minutes that have not gone out and are still tried.',
    sql: `select count(*)::float8 as count from public.email_deliveries
          where status in ('queued', 'failed') and created_at < now() - interval '15 minutes'`,
  },
] as const;

/** Adds the backlogs to the metrics. */
export function observeBacklogs({ registry }: Metrics, database: Database): void {
  for (const { name, help, sql } of BACKLOGS) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          const [row] = await database.query<{ count: number }>(sql);
          this.set(row!.count);
        } catch (error) {
          // Without a database there is no number, and /healthz says why.
          if (!(error instanceof DatabaseFailure)) throw error;
          this.remove();
        }
      },
    });
  }
}
