/** The one table of metrics; docs/alerts.yml and dashboards rely on these names. */

import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The metrics of one server. */
export type Metrics = ReturnType<typeof createMetrics>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Creates the metrics with a registry of their own, so that several servers fit into one process. */
export function createMetrics({ processMetrics = false } = {}) {
  const registry = new Registry();
  const registers = [registry];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  return {
    registry,
    submissions: new Counter({
      name: 'tierline_submissions_total',
      help: 'Tier upgrade requests submitted.',
      registers,
    }),
    decisions: new Counter({
      name: 'tierline_decisions_total',
      help: 'Tier upgrade requests that ended, by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    reviewSeconds: new Histogram({
      name: 'tierline_review_seconds',
      help: 'Time from the submission of a request to its decision.',
      buckets: [
        MINUTE,
        10 * MINUTE,
        HOUR,
        4 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        4 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
      ],
      registers,
    }),
    tierUpdateFailures: new Counter({
      name: 'tierline_tier_update_failures_total',
      help: 'Changes of a tier that failed for a reason of ours.',
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'tierline_request_seconds',
      help: 'Time to answer, by route and HTTP status.',
      labelNames: ['route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
      registers,
    }),
    errors: new Counter({
      name: 'tierline_errors_total',
      help: 'Answers that were an error, by code.',
      labelNames: ['code'] as const,
      registers,
    }),
    rateLimitHits: new Counter({
      name: 'tierline_rate_limit_hits_total',
      help: 'Calls refused because they came too often, by limit.',
      labelNames: ['limit'] as const,
      registers,
    }),
    mailAttempts: new Counter({
      name: 'tierline_mail_attempts_total',
      help: 'Attempts to send a mail, by outcome: sent, failed (tried again later) or dead (the last try).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    transactionRetries: new Counter({
      name: 'tierline_transaction_retries_total',
      help: 'Transactions that ran again after a serialization failure or a deadlock.',
      labelNames: ['sqlstate'] as const,
      registers,
    }),
  };
}
