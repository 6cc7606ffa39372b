import cluster from 'node:cluster';
import { Durations, LabelledFigures, Tally } from './figures.ts';
import type { SubscriptionStats } from './subscriptions/live-queries.ts';

/** The engine's metrics. They are plain numbers until somebody asks for the page. */
export interface Metrics {
  /** The page for Prometheus; of all workers together where there are several. */
  readonly page: () => Promise<MetricsPage>;
  readonly graphqlSucceeded: Tally;
  readonly graphqlFailed: Tally;
  readonly graphqlSeconds: Durations;
  readonly httpConnections: Tally;
  readonly webSocketConnections: Tally;
  readonly activeSubscriptions: Tally;
  /** States that a slow client never got because a newer one overtook them. */
  readonly droppedStates: Tally;
  /** Tries to deliver an event of a trigger; `retried` for those that will be tried again. */
  readonly deliveries: LabelledFigures<'kind' | 'trigger_name' | 'outcome', Tally>;
  readonly deliverySeconds: LabelledFigures<'kind', Durations>;
  /** Adds the figures that an engine keeps itself; before the page is read for the first time. */
  show(engine: EngineFigures): void;
  engine: EngineFigures | null;
}

/** A page and the content type that it is sent with. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}

/** How to ask an engine for its own figures. */
export interface EngineFigures {
  readonly stats: () => EngineStats;
  readonly eventStats: () => Promise<EventStats>;
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

const executionBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const deliveryBuckets = [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

export function createMetrics(): Metrics {
  let loading: Promise<() => Promise<MetricsPage>> | undefined;
  // Loaded when it is first asked for: a start does not need the library that writes it.
  const load = (): Promise<() => Promise<MetricsPage>> => {
    loading ??= import('./metrics-page.ts').then(({ createMetricsPage }) => createMetricsPage(metrics));
    return loading;
  };
  const metrics: Metrics = {
    page: async () => (await load())(),
    show(engine) {
      metrics.engine = engine;
      // A worker's figures are asked for by its parent, whoever was asked for the page.
      if (cluster.isWorker) void load();
    },
    graphqlSucceeded: new Tally(),
    graphqlFailed: new Tally(),
    graphqlSeconds: new Durations(executionBuckets),
    httpConnections: new Tally(),
    webSocketConnections: new Tally(),
    activeSubscriptions: new Tally(),
    droppedStates: new Tally(),
    deliveries: new LabelledFigures(() => new Tally()),
    deliverySeconds: new LabelledFigures(() => new Durations(deliveryBuckets)),
    engine: null,
  };
  return metrics;
}
