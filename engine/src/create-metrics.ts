import cluster from 'node:cluster';
import { Durations, LabelledFigures, Tally } from './figures.ts';
import type { Metrics, MetricsPage } from './metrics.ts';

const executionBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const deliveryBuckets = [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];

/** Metrics that stand at zero. */
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
