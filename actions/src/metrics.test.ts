import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly summary: string };
    }[];
  }[];
}

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server?.stop());

/** The metrics as Prometheus sees them, a histogram by its three series. */
async function metricNames(): Promise<Set<string>> {
  const { body } = await server.send('/metrics');
  const types = [...String(body).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    ),
  );
}

test('every metric of the contract is there', async () => {
  const names = await metricNames();
  for (const name of [
    'tierline_submissions_total',
    'tierline_decisions_total',
    'tierline_review_seconds_count',
    'tierline_request_seconds_count',
    'tierline_errors_total',
    'tierline_rate_limit_hits_total',
    'tierline_tier_update_failures_total',
    'tierline_mail_attempts_total',
    'tierline_transaction_retries_total',
  ]) {
    expect(names).toContain(name);
  }
});

test('every alert names metrics that exist, and says what is wrong', async () => {
  const text = await readFile(new URL('../../docs/alerts.yml', import.meta.url), 'utf8');
  const rules = (parse(text) as Rules).groups.flatMap((group) => group.rules);
  expect(rules.map(({ alert }) => alert)).toEqual([
    'TierlineErrorRate',
    'TierlineSlow',
    'TierlineTierUpdateFailed',
    'TierlineRateLimitHitOften',
    'TierlineDeadlocks',
    'TierlineMailDead',
    'TierlineEventsNotDelivered',
    'TierlineMailsWait',
  ]);
  const names = await metricNames();
  for (const { alert, expr, annotations } of rules) {
    const named = expr.match(/\btierline_\w+/g) ?? [];
    expect(named, alert).not.toEqual([]);
    for (const name of named) expect(names, alert).toContain(name);
    expect(annotations.summary).toMatch(/\.$/);
  }
});
