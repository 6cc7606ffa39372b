import pg from 'pg';
import { runSubscriptionLoad } from '../../engine/src/testing/subscription-load.ts';
import type { BenchStack } from './stack.ts';

const refetchIntervalMs = 1000;
const commitsPerSecond = 50;

/**
 * 10,000 subscribers over 500 sockets and 100 queries while 50 commits a second change what they watch, in a
 * database of its own. Clients and engine share the machine, so the delay holds what the clients take as well.
 */
export async function measureLive(
  stack: BenchStack,
  mode: 'quick' | 'full',
): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    await client.query('drop database if exists bench_live with (force)');
    await client.query('create database bench_live');
    const url = new URL(stack.databaseUrl);
    url.pathname = '/bench_live';
    const report = await runSubscriptionLoad({
      databaseUrl: url.href,
      subscribers: 10_000,
      sockets: 500,
      shapes: 100,
      rooms: 100,
      commits: commitsPerSecond * (mode === 'quick' ? 8 : 40),
      commitsPerSecond,
      refetchIntervalMs,
      batchSize: 100,
      quietMs: mode === 'quick' ? 2000 : 10_000,
    });
    return {
      subscribers: report.subscribers,
      sockets: report.sockets,
      shapes: report.shapes,
      commitsPerSecond,
      refetchIntervalMs,
      subscribeMs: report.subscribeMs,
      statementsPerSecond: report.statementsPerSecond,
      commitToPushMedianMs: report.commitToPushMs.median,
      commitToPushP99Ms: report.commitToPushMs.p99,
      bytesPerSubscriber: report.residentBytesPerSubscriber,
      heapBytesPerSubscriber: report.heapBytesPerSubscriber,
    };
  } finally {
    await client.query('drop database if exists bench_live with (force)');
    await client.end();
  }
}
