import { createEngine } from '../engine.ts';

/**
 * An engine in a process of its own, for tests that kill it: on DATABASE_URL, with the metadata kept there and
 * leases of half a second. Says `ready` to whoever forked it.
 */
const engine = await createEngine({
  databaseUrl: process.env.DATABASE_URL ?? '',
  events: { leaseMs: 500, fetchIntervalMs: 100 },
});
process.send?.('ready');
process.on('disconnect', () => void engine.close());
