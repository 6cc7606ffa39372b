/** One HTTP call, ready to send. */
export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of calling a server as fast as it answers. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** Calls in turn over kept-alive connections. */
export interface LoadPlan {
  readonly calls: readonly Call[];
  readonly connections: number;
  readonly seconds: number;
}
