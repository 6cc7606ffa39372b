import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type Postgres, startPostgres, withClient } from '@tierline/postgres';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createEngine } from '../engine.ts';
import type { Metadata } from '../metadata/types.ts';
import { sessionFor } from '../testing/publishing-house.ts';

const read = (name: string): string => readFileSync(new URL(`../../cases/${name}`, import.meta.url), 'utf8');
const context = { headers: {}, requestId: 'test' };
const rounds = process.env.TIERLINE_LONG ? 12 : 1;

interface Answer {
  readonly article_aggregate: { readonly aggregate: { readonly count: number } };
  readonly article_stream: readonly { readonly id: number }[];
}

it('subscriptions go on when Postgres was killed and is back', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'engine-restart-'));
  await chmod(dataDir, 0o755);
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const settings = {
    dataDir,
    port: await findFreePort(),
    password: randomBytes(12).toString('hex'),
    database: 'restart',
  };
  let postgres: Postgres = await startPostgres(settings);
  onTestFinished(() => postgres.stop());
  const { url } = postgres;
  await withClient(url, async (client) => {
    await client.query(read('schema.sql'));
    await client.query(read('rows.sql'));
  });
  const polling = { refetchIntervalMs: 20 };
  const engine = await createEngine({
    databaseUrl: url,
    metadata: parse(read('metadata.yaml')) as Metadata,
    liveQueries: polling,
    streams: polling,
  });
  onTestFinished(() => engine.close());

  const counts: number[] = [];
  const streamed: number[] = [];
  const errors: string[] = [];
  const follow = (query: string, take: (data: Answer) => void) =>
    engine.subscribe({ query }, sessionFor('admin'), context, {
      next: (json) => take((JSON.parse(json) as { data: Answer }).data),
      error: ({ message }) => errors.push(message),
      complete: () => errors.push('complete'),
    });
  await follow('subscription { article_aggregate { aggregate { count } } }', (data) =>
    counts.push(data.article_aggregate.aggregate.count),
  );
  await follow(
    'subscription { article_stream(cursor: {initial_value: {id: 0}}, batch_size: 9) { id } }',
    (data) => streamed.push(...data.article_stream.map(({ id }) => id)),
  );
  const expected = [1, 2, 3, 4];
  await expect.poll(() => streamed).toEqual(expected);

  for (let round = 1; round <= rounds; round += 1) {
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    await postgres.stop();
    postgres = await startPostgres(settings);
    const id = 1000 + round;
    await withClient(url, (client) =>
      client.query(`insert into article (id, title, author_id) values (${id}, 'after', 1)`),
    );
    expected.push(id);
    await expect.poll(() => streamed).toEqual(expected);
    await expect.poll(() => counts.at(-1)).toBe(expected.length);
  }
  // Nobody was told of what was mended in the meantime.
  expect(errors).toEqual([]);
}, 300_000);
