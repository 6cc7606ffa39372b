/** The export: all requests of a filter as CSV, written as fast as the client reads and as long as it does. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { ActionError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { EXPORT_COLUMNS, type ExportRow, exportRequests } from '../upgrade-requests/export-requests.ts';
import { exportQuery } from '../upgrade-requests/list-filters.ts';
import { BYTE_ORDER_MARK, createTimeFormat, csvRecord } from './csv.ts';
import { definePersonEndpoint } from './person-endpoint.ts';

/** How many exports of one process run at once: each holds a connection, and most of them are for everybody else. */
const MAX_EXPORTS = 3;
const RETRY_SECONDS = 30;

let running = 0;

/** `GET /api/admin/tier-upgrade-requests.csv` */
export const exportEndpoint = definePersonEndpoint({
  method: 'get',
  path: '/admin/tier-upgrade-requests.csv',
  operationId: 'exportTierUpgradeRequests',
  tag: 'Review',
  summary: 'All requests as CSV, filtered and ordered',
  description:
    'RFC 4180 in UTF-8. A cell that a spreadsheet could take for a formula begins with an apostrophe. The rows are those of one moment.',
  roles: ['app_admin'],
  query: exportQuery,
  answer: { status: 200, description: 'A header and one record for each request.' },
  codes: ['INVALID_TIER'],
  handle: async ({ database }, { query }, response) => {
    if (response.req.method === 'HEAD') {
      setHeaders(response);
      response.end();
      return;
    }
    const { sort, order, bom, timeZone, ...filter } = query;
    await inSlot(async () => {
      const clientLeft = new AbortController();
      const leave = guarded(() => clientLeft.abort(), heardElsewhere);
      response.once('close', leave);
      await send(
        response,
        exportRequests(database, filter, { sort, order }, clientLeft.signal),
        clientLeft.signal,
        { hasMark: bom === '1', timeZone },
      );
    });
  },
});

function setHeaders(response: Response): void {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
  response.setHeader('Content-Disposition', 'attachment; filename="tier-upgrade-requests.csv"');
  response.setHeader('Cache-Control', 'private, no-cache');
  response.vary('Authorization');
}

async function inSlot(work: () => Promise<void>): Promise<void> {
  if (running >= MAX_EXPORTS) {
    throw new ActionError('RATE_LIMIT_EXCEEDED', 'Other exports are running. Please try again in a moment.', {
      rateLimit: { limit: MAX_EXPORTS, remaining: 0, resetSeconds: RETRY_SECONDS },
    });
  }
  running += 1;
  try {
    await work();
  } finally {
    running -= 1;
  }
}

/** How the file is written, beyond RFC 4180. */
interface FileForm {
  readonly hasMark: boolean;
  /** Times as a spreadsheet reads them, in this zone; as ISO 8601 without one. */
  readonly timeZone: string | undefined;
}

type Batches = AsyncGenerator<ExportRow[], void, undefined>;

/**
 * Sends the rows. The first are waited for, so that a failure until then is still an answer and not half a file; a later
 * one cuts the connection, so that nobody takes half a file for a whole one.
 */
async function send(
  response: Response,
  batches: Batches,
  clientLeft: AbortSignal,
  form: FileForm,
): Promise<void> {
  const failures: unknown[] = [];
  try {
    const first = await batches.next();
    setHeaders(response);
    const text = toText(first, batches, form, (error) => {
      if (!clientLeft.aborted) failures.push(error);
    });
    await pipeline(Readable.from(text, { objectMode: false }), response);
  } catch (error) {
    // Whoever leaves in the middle has not met an error of ours.
    if (failures.length > 0 || !clientLeft.aborted) throw failures[0] ?? error;
  } finally {
    await batches.return();
  }
}

async function* toText(
  first: IteratorResult<ExportRow[], void>,
  rest: Batches,
  { hasMark, timeZone }: FileForm,
  onFailure: (error: unknown) => void,
): AsyncGenerator<string> {
  const toTime = timeZone === undefined ? undefined : createTimeFormat(timeZone);
  yield (hasMark ? BYTE_ORDER_MARK : '') + csvRecord(EXPORT_COLUMNS);
  try {
    if (!first.done) yield toRecords(first.value, toTime);
    for await (const rows of rest) yield toRecords(rows, toTime);
  } catch (error) {
    onFailure(error);
    throw error;
  }
}

const TIME_COLUMNS: readonly string[] = ['created_at', 'reviewed_at'];

function toRecords(rows: readonly ExportRow[], toTime: ((isoTime: string) => string) | undefined): string {
  const cell = (row: ExportRow, column: (typeof EXPORT_COLUMNS)[number]) => {
    const value = row[column];
    return toTime && typeof value === 'string' && TIME_COLUMNS.includes(column) ? toTime(value) : value;
  };
  return rows.map((row) => csvRecord(EXPORT_COLUMNS.map((column) => cell(row, column)))).join('');
}
