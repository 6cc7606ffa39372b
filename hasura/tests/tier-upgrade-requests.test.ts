import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addRequest,
  addUser,
  addVendor,
  expectConsistent,
  JUSTIFICATION,
  moveRequest,
  refusal,
  STATUSES,
  type Status,
  value,
} from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

describe('a new request', () => {
  it.each(STATUSES.filter((status) => status !== 'pending'))('is refused when born %s', async (status) => {
    const vendor = await addVendor(db);
    const born = db.query(
      `insert into tier_upgrade_requests
         (vendor_id, current_tier, target_tier, business_justification, status, reviewed_at, rejection_reason)
       values ($1, 1, 2, $2, $3::text, now(), case when $3::text = 'rejected' then 'A reason.' end)`,
      [vendor, JUSTIFICATION, status],
    );
    expect(await refusal(born)).toMatchObject({
      code: '23514',
      constraint: 'tier_upgrade_requests_born_pending',
    });
  });

  it.each([
    [1, 1, 'tier_upgrade_requests_upgrade_only'],
    [3, 2, 'tier_upgrade_requests_upgrade_only'],
    [1, 5, 'tier_upgrade_requests_tier_range'],
    [0, 1, 'tier_upgrade_requests_tier_range'],
  ])('from tier %i to %i breaks %s', async (from, to, constraint) => {
    const vendor = await addVendor(db);
    expect(await refusal(addRequest(db, vendor, { from, to }))).toMatchObject({ code: '23514', constraint });
  });

  it('counts the characters of the justification after trimming, by code points', async () => {
    const tooShort = [' '.repeat(60), `${'a'.repeat(49)}\u00a0\u3000\ufeff\n`, '\u{1f680}'.repeat(49)];
    const tooLong = ['a'.repeat(1001), '\u{1f680}'.repeat(1001)];
    for (const justification of [...tooShort, ...tooLong]) {
      expect(await refusal(addRequest(db, await addVendor(db), { justification }))).toMatchObject({
        code: '23514',
        constraint: 'tier_upgrade_requests_justification_length',
      });
    }
    for (const justification of [
      '\u{1f680}'.repeat(50),
      '\u{1f680}'.repeat(1000),
      ` ${'b'.repeat(1000)}\t`,
    ]) {
      const id = await addRequest(db, await addVendor(db), { justification });
      expect(
        await value(db, 'select business_justification from tier_upgrade_requests where id = $1', [id]),
      ).toBe(justification.trim());
    }
  });

  it('trims exactly what JavaScript trims', async () => {
    const plane = Array.from({ length: 0xffff }, (_, index) => index + 1);
    const space = plane
      .map((code) => String.fromCharCode(code))
      .filter((character) => character.trim() === '')
      .join('');
    expect(space.length).toBeGreaterThan(20);
    expect(await value(db, 'select private.js_trim($1)', [`${space}a b${space}`])).toBe('a b');
    const trimmed = await value<number>(
      db,
      `select count(*)::int from generate_series(1, 65535) code
       where code not between 55296 and 57343 and private.js_trim(chr(code)) = ''`,
    );
    expect(trimmed).toBe(space.length);
  });

  it('is the only pending one of its vendor', async () => {
    const vendor = await addVendor(db);
    const first = await addRequest(db, vendor);
    expect(await refusal(addRequest(db, vendor, { to: 3 }))).toMatchObject({
      code: '23505',
      constraint: 'tier_upgrade_requests_one_pending',
    });
    await moveRequest(db, first, 'cancelled');
    await addRequest(db, vendor, { to: 3 });
  });

  it('stays the only one when fifty are made at once', async () => {
    const vendor = await addVendor(db);
    const pool = db.pool({ max: 25 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => addRequest(pool, vendor, { to: 2 })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectConsistent(db);
  });
});

describe('a move of the status', () => {
  const moves = STATUSES.flatMap((from) => STATUSES.map((to): [Status, Status] => [from, to]));

  it.each(moves)('from %s to %s', async (from, to) => {
    const id = await addRequest(db, await addVendor(db));
    if (from !== 'pending') await moveRequest(db, id, from);
    if (from === to || from === 'pending') {
      await moveRequest(db, id, to);
    } else {
      expect(await refusal(moveRequest(db, id, to))).toMatchObject({
        code: '23514',
        constraint: 'tier_upgrade_requests_status_move',
      });
    }
    const expected = from === 'pending' ? to : from;
    expect(await value(db, 'select status from tier_upgrade_requests where id = $1', [id])).toBe(expected);
    await expectConsistent(db);
  });

  it('to a status that does not exist is refused', async () => {
    const id = await addRequest(db, await addVendor(db));
    expect(await refusal(moveRequest(db, id, 'deleted' as Status))).toMatchObject({ code: '23514' });
  });
});

describe('the fields of a decision', () => {
  it.each([
    ['an approval without its time', `status = 'approved'`],
    ['a rejection without its time', `status = 'rejected', rejection_reason = 'A reason.'`],
    ['a rejection without a reason', `status = 'rejected', reviewed_at = now()`],
    [
      'a rejection with an empty reason',
      `status = 'rejected', reviewed_at = now(), rejection_reason = e'\\u00a0 '`,
    ],
    ['an approval with a reason', `status = 'approved', reviewed_at = now(), rejection_reason = 'A reason.'`],
    ['a pending one with its time', 'reviewed_at = now()'],
    ['a pending one with a reviewer', 'reviewed_by = $2'],
    ['a pending one with notes', `admin_notes = 'A note.'`],
    ['a cancelled one with a reason', `status = 'cancelled', rejection_reason = 'A reason.'`],
  ])('%s is refused', async (_, change) => {
    const admin = await addUser(db, null);
    const id = await addRequest(db, await addVendor(db));
    const params = change.includes('$2') ? [id, admin] : [id];
    expect(
      await refusal(db.query(`update tier_upgrade_requests set ${change} where id = $1`, params)),
    ).toMatchObject({ code: '23514', constraint: 'tier_upgrade_requests_decision_fields' });
  });

  it('are trimmed, and empty notes are none', async () => {
    const id = await addRequest(db, await addVendor(db));
    await db.query(
      `update tier_upgrade_requests set status = 'rejected', reviewed_at = now(),
         rejection_reason = e'\\u3000Too early.\\n', admin_notes = ' ' where id = $1`,
      [id],
    );
    const { rows } = await db.query(
      'select rejection_reason, admin_notes from tier_upgrade_requests where id = $1',
      [id],
    );
    expect(rows).toEqual([{ rejection_reason: 'Too early.', admin_notes: null }]);
  });
});

describe('what never changes', () => {
  it.each([
    ['vendor_id', '(select id from vendors where id <> r.vendor_id limit 1)'],
    ['current_tier', '2'],
    ['target_tier', '4'],
    ['business_justification', `r.business_justification || ' More.'`],
    ['id', 'gen_random_uuid()'],
    ['user_id', 'null'],
  ])('%s of a pending request', async (column, expression) => {
    const vendor = await addVendor(db);
    const id = await addRequest(db, vendor, { to: 3, userId: await addUser(db, vendor) });
    expect(
      await refusal(
        db.query(`update tier_upgrade_requests r set ${column} = ${expression} where id = $1`, [id]),
      ),
    ).toMatchObject({ code: '23514', constraint: 'tier_upgrade_requests_immutable' });
  });

  it('the reason and the reviewer of a decided one', async () => {
    const admin = await addUser(db, null);
    const id = await addRequest(db, await addVendor(db));
    await db.query(
      `update tier_upgrade_requests set status = 'rejected', reviewed_at = now(), reviewed_by = $2,
         rejection_reason = 'Too early.' where id = $1`,
      [id, admin],
    );
    for (const change of [`rejection_reason = 'Another.'`, 'reviewed_by = null']) {
      expect(
        await refusal(db.query(`update tier_upgrade_requests set ${change} where id = $1`, [id])),
      ).toMatchObject({ constraint: 'tier_upgrade_requests_immutable' });
    }
  });

  it('is no obstacle to deleting a user or a vendor; the timeline outlives both', async () => {
    const vendor = await addVendor(db);
    const user = await addUser(db, vendor);
    const admin = await addUser(db, null);
    const id = await addRequest(db, vendor, { userId: user });
    await db.query(
      `update tier_upgrade_requests set status = 'approved', reviewed_at = now(), reviewed_by = $2 where id = $1`,
      [id, admin],
    );
    const before = await db.query('select updated_at from tier_upgrade_requests where id = $1', [id]);
    await db.query('delete from users where id = any($1)', [[user, admin]]);
    const after = await db.query(
      'select user_id, reviewed_by, updated_at from tier_upgrade_requests where id = $1',
      [id],
    );
    expect(after.rows).toEqual([
      { user_id: null, reviewed_by: null, updated_at: before.rows[0]!.updated_at },
    ]);

    await addUser(db, vendor);
    await db.query('delete from vendors where id = $1', [vendor]);
    const told = await db.query(
      'select kind, actor_role from tier_upgrade_request_events where vendor_id = $1 order by id',
      [vendor],
    );
    expect(told.rows.map(({ kind }) => kind)).toEqual(['submitted', 'approved']);
    expect(await value(db, 'select count(*)::int from tier_upgrade_requests where id = $1', [id])).toBe(0);
  });
});

describe('four eyes', () => {
  it('an administrator does not approve what they submitted, but may reject it', async () => {
    const admin = await addUser(db, null);
    const other = await addUser(db, null);
    const approve = `update tier_upgrade_requests set status = 'approved', reviewed_at = now(), reviewed_by = $2
      where id = $1`;
    const first = await addRequest(db, await addVendor(db), { userId: admin });
    expect(await refusal(db.query(approve, [first, admin]))).toMatchObject({
      code: '23514',
      constraint: 'tier_upgrade_requests_four_eyes',
    });
    await db.query(approve, [first, other]);
    const second = await addRequest(db, await addVendor(db), { userId: admin });
    await db.query(
      `update tier_upgrade_requests set status = 'rejected', reviewed_at = now(), reviewed_by = $2,
         rejection_reason = 'Too early.' where id = $1`,
      [second, admin],
    );
    await expectConsistent(db);
  });
});
