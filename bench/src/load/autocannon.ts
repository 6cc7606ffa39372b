/** The load of one measurement, in a process of its own so that it does not wait for anybody else's work. */
import autocannon from 'autocannon';
import type { LoadPlan, LoadResult } from './types.ts';

process.once('message', async (plan: LoadPlan) => {
  const result = await autocannon({
    url: new URL(plan.calls[0]!.url).origin,
    connections: plan.connections,
    duration: plan.seconds,
    requests: plan.calls.map(({ url, headers, body }) => ({
      method: 'POST',
      path: new URL(url).pathname,
      headers: { ...headers },
      body,
    })),
  });
  const answer: LoadResult = {
    perSecond: result.requests.average,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.errors + result.timeouts + result.non2xx,
  };
  process.send?.(answer, () => process.exit(0));
});
