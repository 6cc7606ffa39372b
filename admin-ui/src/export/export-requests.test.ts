import { afterEach, describe, expect, it, vi } from 'vitest';
import { newestFirst } from '../providers/queue-order.ts';
import type { Session } from '../session/session.ts';
import { exportName, exportQuery, exportRequests } from './export-requests.ts';

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
      q: 'quay',
      bom: '1',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
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

  it('leaves the mark at the start in the file', async () => {
    serve(() => new Response(`\uFEFF${HEAD}1,Quay,1,a\r\n`));
    const { file, rows } = await run().result;
    expect(rows).toBe(1);
    expect([...new Uint8Array(await file.slice(0, 3).arrayBuffer())]).toEqual([0xef, 0xbb, 0xbf]);
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

describe('exportName', () => {
  it('says what is in the file', () => {
    const filter = { status: 'rejected', target_tier: 3, from: '2026-05-01', q: ' Łódź / <x> ' } as const;
    expect(exportName(filter, new Date(2026, 4, 20))).toBe(
      'tier-upgrade-requests-rejected-to-3-from-2026-05-01-Łódź-x-2026-05-20.csv',
    );
  });
});
