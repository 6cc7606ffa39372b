import { Gauge } from 'prom-client';
import { type Database, DatabaseFailure } from './db.ts';
import type { Metrics } from './metrics.ts';

/** Adds the events that have not arrived, counted in the database whenever somebody asks for the metrics. */
export function observeUndeliveredEvents({ registry }: Metrics, database: Database): void {
  new Gauge({
    name: 'tierline_events_undelivered',
    help: 'Events of the database older than five minutes that no handler has accepted.',
    registers: [registry],
    async collect() {
      try {
        const [row] = await database.query<{ count: number }>(
          'select private.count_undelivered_events()::float8 as count',
        );
        this.set(row!.count);
      } catch (error) {
        // Without a database there is no number, and /healthz says why.
        if (!(error instanceof DatabaseFailure)) throw error;
        this.reset();
      }
    },
  });
}
