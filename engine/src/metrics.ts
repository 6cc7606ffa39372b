import type { Durations, LabelledFigures, Tally } from './figures.ts';
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
