import { Counter, collectDefaultMetrics, Gauge, type MetricObjectWithValues, Registry } from 'prom-client';
import type { Durations, LabelledFigures, Tally } from './figures.ts';
import type { EngineFigures, EngineStats, Metrics, MetricsPage } from './metrics.ts';
import { sharedMetricsPage } from './metrics-cluster.ts';
import type { SubscriptionStats } from './subscriptions/live-queries.ts';

/** Answers how to write the page for Prometheus; names are Hasura's where it has the same. */
export function createMetricsPage(metrics: Metrics): () => Promise<MetricsPage> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  showRequests(registry, metrics);
  if (metrics.engine) showEngine(registry, metrics.engine);
  const write = sharedMetricsPage(registry);
  return async () => ({ contentType: registry.contentType, text: await write() });
}

function showRequests(registry: Registry, metrics: Metrics): void {
  const registers = [registry];
  const counter = (name: string, help: string, tally: Tally): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(tally.value);
      },
    });
  };
  const gauge = (name: string, help: string, tally: Tally): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(tally.value);
      },
    });
  };
  new Counter({
    name: 'hasura_graphql_requests_total',
    help: 'GraphQL requests over HTTP by whether they succeeded',
    labelNames: ['response_status'],
    registers,
    collect() {
      this.reset();
      this.inc({ response_status: 'success' }, metrics.graphqlSucceeded.value);
      this.inc({ response_status: 'failed' }, metrics.graphqlFailed.value);
    },
  });
  showDurations(
    registry,
    'hasura_graphql_execution_time_seconds',
    'Time from a read GraphQL request to its answer',
    () => [{ labels: {}, figure: metrics.graphqlSeconds }],
  );
  gauge('hasura_http_connections', 'Open HTTP connections', metrics.httpConnections);
  gauge('hasura_websocket_connections', 'Open WebSocket connections', metrics.webSocketConnections);
  gauge('hasura_active_subscriptions', 'Running subscriptions', metrics.activeSubscriptions);
  counter(
    'hasura_subscription_states_dropped_total',
    'Results of subscriptions replaced by newer ones before a slow client could take them',
    metrics.droppedStates,
  );
  new Counter({
    name: 'hasura_event_invocations_total',
    help: 'Webhook calls of event triggers, cron triggers and scheduled events by what became of the event',
    labelNames: ['kind', 'trigger_name', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { labels, figure } of metrics.deliveries.entries()) this.inc(labels, figure.value);
    },
  });
  showDurations(
    registry,
    'hasura_event_webhook_processing_time_seconds',
    'Time from the start of a webhook call to its end',
    () => metrics.deliverySeconds.entries(),
  );
}

/** A histogram whose buckets were filled by us; prom-client has no way to hand it any. */
function showDurations(
  registry: Registry,
  name: string,
  help: string,
  read: () => ReturnType<LabelledFigures<string, Durations>['entries']>,
): void {
  const values = (): HistogramValue[] =>
    [...read()].flatMap(({ labels, figure }) => valuesOf(name, labels, figure));
  const histogram = {
    name,
    help,
    get: async () => ({ name, help, type: 'histogram', aggregator: 'sum', values: values() }),
  };
  registry.registerMetric(histogram as unknown as Parameters<Registry['registerMetric']>[0]);
}

type HistogramValue = MetricObjectWithValues<{
  value: number;
  labels: Record<string, string | number>;
  metricName: string;
}>['values'][number];

/** As Prometheus wants them: each bucket with all those below it, then sum and count. */
function valuesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  { bounds, counts, sum }: Durations,
): HistogramValue[] {
  let below = 0;
  const buckets = counts.map((count, index) => {
    below += count;
    const le = bounds[index] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels: { ...labels }, value: sum },
    { metricName: `${name}_count`, labels: { ...labels }, value: below },
  ];
}

function showEngine(registry: Registry, figures: EngineFigures): void {
  const registers = [registry];
  new Gauge({
    name: 'hasura_events',
    help: 'Events of event triggers: on their way to a webhook, and not delivered yet',
    labelNames: ['state'],
    registers,
    async collect() {
      // A page without the database's figures is better than no page.
      const stats = await figures.eventStats().catch(() => undefined);
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
      const { total, idle, waiting } = figures.stats().pool;
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
      setParts(this, figures.stats().liveQueries);
    },
  });
  new Gauge({
    name: 'hasura_streaming_queries',
    help: 'The same for streaming subscriptions, where a cohort is a place in a stream',
    labelNames: ['part'],
    registers,
    collect() {
      setParts(this, figures.stats().streams);
    },
  });
  new Counter({
    name: 'hasura_subscription_statements_total',
    help: 'Statements sent to Postgres to ask for subscriptions anew',
    labelNames: ['subscription_kind'],
    registers,
    collect() {
      const { liveQueries, streams } = figures.stats();
      this.reset();
      this.inc({ subscription_kind: 'live-query' }, liveQueries.statements);
      this.inc({ subscription_kind: 'streaming' }, streams.statements);
    },
  });
  const actions: readonly (readonly [string, string, keyof EngineStats['actions']])[] = [
    ['hasura_action_requests_total', 'Calls of action handlers', 'calls'],
    ['hasura_action_failures_total', 'Calls of action handlers that brought no output', 'failures'],
    ['hasura_action_request_bytes_total', 'Bytes sent to action handlers', 'requestBytes'],
    ['hasura_action_response_bytes_total', 'Bytes answered by action handlers', 'responseBytes'],
    ['hasura_async_actions_running', 'Asynchronous actions whose handler has not answered yet', 'running'],
  ];
  for (const [name, help, figure] of actions) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(figures.stats().actions[figure]);
      },
    });
  }
}

function setParts(gauge: Gauge<'part'>, { pollers, cohorts, subscribers }: SubscriptionStats): void {
  for (const [part, count] of Object.entries({ pollers, cohorts, subscribers })) gauge.set({ part }, count);
}
