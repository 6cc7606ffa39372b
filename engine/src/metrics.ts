import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { sharedMetricsPage } from './metrics-cluster.ts';
import type { SubscriptionStats } from './subscriptions/live-queries.ts';

/** The engine's metrics, named like Hasura's where it has the same. */
export interface Metrics {
  readonly registry: Registry;
  /** The page for Prometheus; of all workers together where there are several. */
  readonly page: () => Promise<string>;
  readonly graphqlRequests: Counter<'response_status'>;
  readonly graphqlSeconds: Histogram;
  readonly httpConnections: Gauge;
  readonly webSocketConnections: Gauge;
  readonly activeSubscriptions: Gauge;
  /** States that a slow client never got because a newer one overtook them. */
  readonly droppedStates: Counter;
  /** Tries to deliver an event of a trigger; `retried` for those that will be tried again. */
  readonly deliveries: Counter<'kind' | 'trigger_name' | 'outcome'>;
  readonly deliverySeconds: Histogram<'kind'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    page: sharedMetricsPage(registry),
    graphqlRequests: new Counter({
      name: 'hasura_graphql_requests_total',
      help: 'GraphQL requests over HTTP by whether they succeeded',
      labelNames: ['response_status'],
      registers,
    }),
    graphqlSeconds: new Histogram({
      name: 'hasura_graphql_execution_time_seconds',
      help: 'Time from a read GraphQL request to its answer',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    httpConnections: new Gauge({
      name: 'hasura_http_connections',
      help: 'Open HTTP connections',
      registers,
    }),
    webSocketConnections: new Gauge({
      name: 'hasura_websocket_connections',
      help: 'Open WebSocket connections',
      registers,
    }),
    activeSubscriptions: new Gauge({
      name: 'hasura_active_subscriptions',
      help: 'Running subscriptions',
      registers,
    }),
    droppedStates: new Counter({
      name: 'hasura_subscription_states_dropped_total',
      help: 'Results of subscriptions replaced by newer ones before a slow client could take them',
      registers,
    }),
    deliveries: new Counter({
      name: 'hasura_event_invocations_total',
      help: 'Webhook calls of event triggers, cron triggers and scheduled events by what became of the event',
      labelNames: ['kind', 'trigger_name', 'outcome'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'hasura_event_webhook_processing_time_seconds',
      help: 'Time from the start of a webhook call to its end',
      labelNames: ['kind'],
      buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
      registers,
    }),
  };
}

/** What an engine tells of itself whenever the metrics are read. */
export interface EngineStats {
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number };
  readonly liveQueries: SubscriptionStats;
  readonly streams: SubscriptionStats;
  readonly actions: {
    readonly calls: number;
    readonly failures: number;
    readonly requestBytes: number;
    readonly responseBytes: number;
    readonly running: number;
  };
}

/** What an engine tells of its event deliveries. */
export interface EventStats {
  readonly running: number;
  readonly pending: number;
  readonly oldestPendingSeconds: number;
}

/** Adds an engine's own figures to the page. */
export function observeEngine(
  { registry }: Metrics,
  readStats: () => EngineStats,
  readEventStats: () => Promise<EventStats>,
): void {
  const registers = [registry];
  new Gauge({
    name: 'hasura_events',
    help: 'Events of event triggers: on their way to a webhook, and not delivered yet',
    labelNames: ['state'],
    registers,
    async collect() {
      // A page without the database's figures is better than no page.
      const stats = await readEventStats().catch(() => undefined);
      this.reset();
      if (!stats) return;
      this.set({ state: 'running' }, stats.running);
      this.set({ state: 'pending' }, stats.pending);
      oldest.set(stats.oldestPendingSeconds);
    },
  });
  const oldest = new Gauge({
    name: 'hasura_oldest_pending_event_age_seconds',
    help: 'Age of the oldest event that is not delivered yet; 0 when there is none',
    registers,
  });
  new Gauge({
    name: 'hasura_postgres_connections',
    help: 'Connections of the pool, and requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { total, idle, waiting } = readStats().pool;
      this.set({ state: 'active' }, total - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Gauge({
    name: 'hasura_live_queries',
    help: 'What live queries are made of: subscribers, cohorts with the same variables, pollers with the same statement',
    labelNames: ['part'],
    registers,
    collect() {
      setParts(this, readStats().liveQueries);
    },
  });
  new Gauge({
    name: 'hasura_streaming_queries',
    help: 'The same for streaming subscriptions, where a cohort is a place in a stream',
    labelNames: ['part'],
    registers,
    collect() {
      setParts(this, readStats().streams);
    },
  });
  new Counter({
    name: 'hasura_subscription_statements_total',
    help: 'Statements sent to Postgres to ask for subscriptions anew',
    labelNames: ['subscription_kind'],
    registers,
    collect() {
      const { liveQueries, streams } = readStats();
      this.reset();
      this.inc({ subscription_kind: 'live-query' }, liveQueries.statements);
      this.inc({ subscription_kind: 'streaming' }, streams.statements);
    },
  });
  const figures: readonly (readonly [string, string, keyof EngineStats['actions']])[] = [
    ['hasura_action_requests_total', 'Calls of action handlers', 'calls'],
    ['hasura_action_failures_total', 'Calls of action handlers that brought no output', 'failures'],
    ['hasura_action_request_bytes_total', 'Bytes sent to action handlers', 'requestBytes'],
    ['hasura_action_response_bytes_total', 'Bytes answered by action handlers', 'responseBytes'],
    ['hasura_async_actions_running', 'Asynchronous actions whose handler has not answered yet', 'running'],
  ];
  for (const [name, help, figure] of figures) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(readStats().actions[figure]);
      },
    });
  }
}

function setParts(gauge: Gauge<'part'>, { pollers, cohorts, subscribers }: SubscriptionStats): void {
  for (const [part, count] of Object.entries({ pollers, cohorts, subscribers })) gauge.set({ part }, count);
}
