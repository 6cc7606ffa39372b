import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { expect } from 'vitest';
import { readConsistencyQuery } from './project.ts';

/** Anything that runs a statement: a test database, a pool or one client. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    sql: string,
    params?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

export type Status = 'pending' | 'approved' | 'rejected' | 'cancelled';

export const STATUSES: readonly Status[] = ['pending', 'approved', 'rejected', 'cancelled'];

/** Fifty-odd characters, just enough to ask for a tier. */
export const JUSTIFICATION = 'We opened a second shop and have to list it before the summer.';

/** Runs the statement and answers the one value that it returns. */
export async function value<T>(db: Queryable, sql: string, params: unknown[] = []): Promise<T> {
  const { rows } = await db.query(sql, params);
  expect(rows).toHaveLength(1);
  return Object.values(rows[0]!)[0] as T;
}

export async function addVendor(db: Queryable, tier = 1): Promise<string> {
  const slug = `vendor-${randomUUID()}`;
  return value(db, 'insert into vendors (name, slug, email, tier) values ($1, $2, $3, $4) returning id', [
    'Some Vendor',
    slug,
    `${slug}@example.com`,
    tier,
  ]);
}

/** A user of the vendor, or an administrator when there is none. */
export async function addUser(db: Queryable, vendorId: string | null): Promise<string> {
  return value(
    db,
    `insert into users (email, password_hash, role, vendor_id) values ($1, 'no hash', $2, $3) returning id`,
    [`${randomUUID()}@example.com`, vendorId === null ? 'admin' : 'vendor', vendorId],
  );
}

export interface RequestDraft {
  readonly userId?: string | null;
  readonly from?: number;
  readonly to?: number;
  readonly justification?: string;
}

export async function addRequest(db: Queryable, vendorId: string, draft: RequestDraft = {}): Promise<string> {
  const { userId = null, from = 1, to = 2, justification = JUSTIFICATION } = draft;
  return value(
    db,
    `insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
     values ($1, $2, $3, $4, $5) returning id`,
    [vendorId, userId, from, to, justification],
  );
}

/** Moves a request with whatever fields its new status needs. */
export async function moveRequest(db: Queryable, id: string, status: Status): Promise<void> {
  await db.query(
    `update tier_upgrade_requests set status = $2,
       reviewed_at = case when $2 in ('approved', 'rejected') then coalesce(reviewed_at, now()) end,
       rejection_reason = case when $2 = 'rejected' then coalesce(rejection_reason, 'Not enough orders yet.') end
     where id = $1`,
    [id, status],
  );
}

/** Runs the work in a transaction on a client of its own. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  isolation = 'read committed',
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`begin isolation level ${isolation}`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** What handlers look at when Postgres refuses a statement. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ code: string; constraint: string | undefined; message: string }> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Error) || !('code' in thrown)) {
    throw new Error('expected the database to refuse', { cause: thrown });
  }
  const { code, constraint, message } = thrown as pg.DatabaseError;
  return { code: code!, constraint, message };
}

/** The timeline of a vendor, oldest first. */
export async function timeline(db: Queryable, vendorId: string): Promise<pg.QueryResultRow[]> {
  const { rows } = await db.query(
    'select * from tier_upgrade_request_events where vendor_id = $1 order by id',
    [vendorId],
  );
  return rows;
}

/** Tiers, requests and timeline tell one story. */
export async function expectConsistent(db: Queryable): Promise<void> {
  expect((await db.query(await readConsistencyQuery())).rows).toEqual([]);
}
