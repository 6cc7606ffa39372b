import { afterEach, describe, expect, it, vi } from 'vitest';
import { newestFirst } from '../providers/queue-order.ts';
import type { Session } from '../session/session.ts';
import { exportQuery, exportRequests } from './export-requests.ts';

const HEAD = 'id,vendor,current_tier,business_justification\r\n';
const session = {
  getAccessToken: async () => 'first',
  replaceAccessToken: vi.fn(async () => 'second'),
} as unknown as Session;

afterEach(() => void vi.unstubAllGlobals());

function serve(...answers: (() => Response)[]) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => (answers.shift() ?? Response.error)());
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

function run(filter = {}) {
  const progress: number[] = [];
  const signal = new AbortController().signal;
  const result = exportRequests({
    filter,
    sort: newestFirst,
    session,
    signal,
    onProgress: (rows) => progress.push(rows),
  });
  return { result, progress };
}

describe('exportQuery', () => {
  it('asks for what the queue shows', () => {
    const filter = {
      status: 'pending',
      target_tier: 3,
      from: '2026-05-01',
      to: '2026-05-02',
      q: 'quay',
    } as const;
    const query = Object.fromEntries(exportQuery(filter, { field: 'target_tier', order: 'ASC' }));
    expect(query).toEqual({
      status: 'pending',
      targetTier: '3',
      createdAfter: new Date(new Date(2026, 4, 1).getTime() - 1).toISOString().replace('Z', '999Z'),
      createdBefore: new Date(2026, 4, 3).toISOString(),
      sort: 'targetTier',
      order: 'asc',
    });
  });
});

describe('exportRequests', () => {
  it('gathers what streams in and counts it', async () => {
    const sent = `${HEAD}1,Quay,1,"a\r\nb"\r\n2,Pier,1,c\r\n`;
    serve(() => new Response(sent));
    const { result, progress } = run();
    const { file, rows } = await result;
    expect(rows).toBe(2);
    expect(progress.at(-1)).toBe(2);
    expect(file.size).toBe(sent.length);
  });

  it('keeps what matches the words, which the path cannot search for', async () => {
    serve(() => new Response(`${HEAD}1,North Quay,1,x\r\n2,Pier,1,the QUAY\r\n3,Pier,1,y\r\n`));
    expect((await run({ q: 'quay' }).result).rows).toBe(2);
  });

  it('comes with a new token when the old one is refused', async () => {
    const fetched = serve(
      () => Response.json({ code: 'UNAUTHORIZED' }, { status: 401 }),
      () => new Response(HEAD),
    );
    expect((await run().result).rows).toBe(0);
    expect(fetched.mock.calls.map(([, init]) => new Headers(init.headers).get('authorization'))).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('fails with what the server said', async () => {
    serve(() =>
      Response.json({ code: 'RATE_LIMIT_EXCEEDED', message: 'Wait.', retryAfter: 60 }, { status: 429 }),
    );
    await expect(run().result).rejects.toMatchObject({
      graphQLErrors: [{ extensions: { code: 'RATE_LIMIT_EXCEEDED', retryAfter: 60 } }],
    });
  });
});
