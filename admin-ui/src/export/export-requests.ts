import { dateBounds, type QueueFilter, searchWords } from '../providers/filters.ts';
import { GraphQLRefusal, HttpFailure } from '../providers/graphql-client.ts';
import type { QueueSort } from '../providers/queue-order.ts';
import type { Session } from '../session/session.ts';
import { CsvRecords } from './csv-records.ts';

const PATH = '/api/admin/tier-upgrade-requests.csv';

/** What the path can sort by, under our names; for others it keeps its own order, the newest first. */
const SORTS: Readonly<Record<string, string>> = { created_at: 'createdAt', target_tier: 'targetTier' };

const UNAUTHORIZED = 401;

/** The path's query for a filter and an order. Its times are exclusive, ours take the first moment of a day in. */
export function exportQuery(filter: QueueFilter, sort: QueueSort): URLSearchParams {
  const query = new URLSearchParams();
  const { start, end } = dateBounds(filter);
  if (filter.status) query.set('status', filter.status);
  if (filter.target_tier !== undefined) query.set('targetTier', String(filter.target_tier));
  if (filter.vendor_id) query.set('vendorId', filter.vendor_id);
  if (start) {
    // The last moment that Postgres can tell from midnight.
    query.set('createdAfter', new Date(start.getTime() - 1).toISOString().replace('Z', '999Z'));
  }
  if (end) query.set('createdBefore', end.toISOString());
  const words = searchWords(filter.q);
  if (words) query.set('q', words);
  query.set('bom', '1');
  query.set('timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  const field = SORTS[sort.field];
  if (field) {
    query.set('sort', field);
    query.set('order', sort.order === 'ASC' ? 'asc' : 'desc');
  }
  return query;
}

async function refusal(response: Response): Promise<Error> {
  const { message, code, retryAfter } = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (typeof code !== 'string') return new HttpFailure(response.status);
  return new GraphQLRefusal([{ message: String(message), extensions: { code, retryAfter } }]);
}

async function open(url: string, session: Session, signal: AbortSignal): Promise<Response> {
  const ask = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  const token = await session.getAccessToken();
  let response = await ask(token);
  if (response.status === UNAUTHORIZED) response = await ask(await session.replaceAccessToken(token));
  if (!response.ok || !response.body) throw await refusal(response);
  return response;
}

interface ExportOptions {
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  readonly session: Session;
  readonly signal: AbortSignal;
  /** Told how many requests have arrived, after every piece. */
  readonly onProgress: (rows: number) => void;
}

/** Fetches every request under a filter as CSV. Rejects when refused, when the connection breaks, and when aborted. */
export async function exportRequests({
  filter,
  sort,
  session,
  signal,
  onProgress,
}: ExportOptions): Promise<{ readonly file: Blob; readonly rows: number }> {
  const response = await open(`${PATH}?${exportQuery(filter, sort)}`, session, signal);
  const records = new CsvRecords();
  const parts: Blob[] = [];
  let seen = 0;
  const take = (whole: readonly string[]) => {
    seen += whole.length;
    // As blobs, which the browser may keep on disk: a million requests need not fit into this page's memory.
    if (whole.length > 0) parts.push(new Blob([whole.join('')]));
    onProgress(Math.max(0, seen - 1));
  };
  // The mark at the start belongs to the file.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    take(records.push(decoder.decode(value, { stream: true })));
  }
  if (records.rest()) take([records.rest()]);
  return { file: new Blob(parts, { type: 'text/csv;charset=utf-8' }), rows: Math.max(0, seen - 1) };
}

/** What a file may be called on any system. */
function namePart(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}

/** The file's name, which says what is in it: `tier-upgrade-requests-rejected-to-3-from-2026-05-01-2026-05-20.csv`. */
export function exportName(filter: QueueFilter, today: Date): string {
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const parts = [
    'tier-upgrade-requests',
    filter.status,
    filter.target_tier !== undefined && `to-${filter.target_tier}`,
    filter.vendor_id && `vendor-${filter.vendor_id.slice(0, 8)}`,
    filter.from && `from-${filter.from}`,
    filter.to && `until-${filter.to}`,
    filter.q && namePart(filter.q),
    day,
  ];
  return `${parts.filter(Boolean).join('-')}.csv`;
}
