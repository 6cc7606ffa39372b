import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addRequest,
  addUser,
  addVendor,
  inTransaction,
  moveRequest,
  type Queryable,
  STATUSES,
  value,
} from './fixtures.ts';

const ASKS = 'tier_upgrade_request_submitted';

let db: TestDatabase;
let admin: string;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = await addUser(db, null);
});

let told = 0;

/** Tells the administrator of a request. */
async function tell(client: Queryable, requestId: string, kind = ASKS): Promise<string> {
  told += 1;
  return value(
    client,
    `insert into notifications (user_id, kind, title, body, request_id, dedupe_key)
     values ($1, $2, 't', 'b', $3, $4) returning id`,
    [admin, kind, requestId, `done-${told}`],
  );
}

const isDone = (id: string) =>
  value<boolean>(db, 'select done_at is not null from notifications where id = $1', [id]);

describe('a notification about a request', () => {
  it.each(STATUSES.filter((status) => status !== 'pending'))('is done once that is %s', async (status) => {
    const request = await addRequest(db, await addVendor(db));
    const other = await addRequest(db, await addVendor(db));
    const [asks, news, ofOther] = [
      await tell(db, request),
      await tell(db, request, 'tier_upgrade_request_rejected'),
      await tell(db, other),
    ];
    expect(await isDone(asks)).toBe(false);
    await moveRequest(db, request, status);
    expect(await isDone(asks)).toBe(true);
    // News asks for nothing, and another request still waits.
    expect([await isDone(news), await isDone(ofOther)]).toEqual([false, false]);
  });

  it('is done from the start when it is told after the decision', async () => {
    const request = await addRequest(db, await addVendor(db));
    await moveRequest(db, request, 'rejected');
    expect(await isDone(await tell(db, request))).toBe(true);
  });

  it('is done when the request goes away with its vendor', async () => {
    const vendor = await addVendor(db);
    const asks = await tell(db, await addRequest(db, vendor));
    await db.query('delete from vendors where id = $1', [vendor]);
    expect(await isDone(asks)).toBe(true);
  });

  it.each(['told', 'decided'])('is done also when both happen at once and it is %s first', async (first) => {
    const request = await addRequest(db, await addVendor(db));
    const pool = db.pool({ max: 2 });
    let second: Promise<unknown> | undefined;
    let asks: string | undefined;
    const tellIt = async (client: Queryable) => {
      asks = await tell(client, request);
    };
    const decide = (client: Queryable) => moveRequest(client, request, 'cancelled');
    const [begins, follows] = first === 'told' ? [tellIt, decide] : [decide, tellIt];
    await inTransaction(pool, async (client) => {
      await begins(client);
      second = follows(pool);
      // The other one waits for this transaction, so that none of the two misses what the other did.
      await expect
        .poll(() =>
          value<number>(
            db,
            `select count(*)::int from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        )
        .toBe(1);
    });
    await second;
    expect(await isDone(asks!)).toBe(true);
  });
});
