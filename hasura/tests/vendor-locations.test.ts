import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { addVendor, inTransaction, type Queryable, refusal, value } from './fixtures.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});

const addLocation = (client: Queryable, vendor: string, name = 'Main shop') =>
  client.query(
    `insert into vendor_locations (vendor_id, name, address, city, country) values ($1, $2, '1 Mill Lane', 'Leeds', 'UK')`,
    [vendor, name],
  );
const countOf = (vendor: string) =>
  value<number>(db, 'select count(*)::int from vendor_locations where vendor_id = $1', [vendor]);

describe('the number of locations', () => {
  it.each([
    [1, 1],
    [2, 5],
    [3, 20],
  ])('of a vendor at tier %i ends at %i', async (tier, limit) => {
    const vendor = await addVendor(db, tier);
    for (let index = 0; index < limit; index += 1) await addLocation(db, vendor);
    const refused = await refusal(addLocation(db, vendor));
    expect(refused.code).toBe('23000');
    expect(refused.message).toMatch(/^LOCATION_LIMIT_REACHED: /);
    expect(await countOf(vendor)).toBe(limit);
  });

  it('has no end at tier 4', async () => {
    const vendor = await addVendor(db, 4);
    for (let index = 0; index < 25; index += 1) await addLocation(db, vendor);
    expect(await countOf(vendor)).toBe(25);
  });

  it('counts the rows of one statement too', async () => {
    const vendor = await addVendor(db, 2);
    const sixAtOnce = db.query(
      `insert into vendor_locations (vendor_id, name, address, city, country)
       select $1, 'Shop ' || n, 'Street', 'City', 'Country' from generate_series(1, 6) n`,
      [vendor],
    );
    expect(await refusal(sixAtOnce)).toMatchObject({ code: '23000' });
    expect(await countOf(vendor)).toBe(0);
  });

  it('keeps what a lower tier no longer covers, but takes no more', async () => {
    const vendor = await addVendor(db, 2);
    for (let index = 0; index < 3; index += 1) await addLocation(db, vendor);
    await db.query('update vendors set tier = 1 where id = $1', [vendor]);
    expect(await countOf(vendor)).toBe(3);
    await db.query(`update vendor_locations set name = 'Renamed' where vendor_id = $1`, [vendor]);
    expect(await refusal(addLocation(db, vendor))).toMatchObject({ code: '23000' });
    await db.query(
      'delete from vendor_locations where id in (select id from vendor_locations where vendor_id = $1 limit 3)',
      [vendor],
    );
    await addLocation(db, vendor);
  });

  it('is not passed by moving a location from another vendor', async () => {
    const [full, other] = [await addVendor(db, 1), await addVendor(db, 1)];
    await addLocation(db, full);
    await addLocation(db, other);
    expect(
      await refusal(
        db.query('update vendor_locations set vendor_id = $2 where vendor_id = $1', [other, full]),
      ),
    ).toMatchObject({ code: '23000' });
  });

  it.each(['read committed', 'repeatable read', 'serializable'])(
    'holds when twenty are added at once (%s)',
    async (isolation) => {
      const pool = db.pool({ max: 20 });
      const vendor = await addVendor(db, 2);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          inTransaction(pool, (client) => addLocation(client, vendor), isolation),
        ),
      );
      const added = outcomes.filter(({ status }) => status === 'fulfilled').length;
      expect(await countOf(vendor)).toBe(added);
      if (isolation === 'read committed') expect(added).toBe(5);
      else expect(added).toBeLessThanOrEqual(5);
    },
  );

  it('follows a tier that changes at the same time', async () => {
    const pool = db.pool({ max: 2 });
    const vendor = await addVendor(db, 2);
    await addLocation(db, vendor);
    const change = await pool.connect();
    await change.query('begin');
    await change.query('update vendors set tier = 1 where id = $1', [vendor]);
    const refused = refusal(addLocation(pool, vendor));
    await change.query('commit');
    change.release();
    expect(await refused).toMatchObject({ code: '23000' });
  });
});

describe('a location', () => {
  it('is trimmed and has no empty field', async () => {
    const vendor = await addVendor(db, 4);
    await addLocation(db, vendor, ' Main\u00a0shop\u3000');
    expect(await value(db, 'select name from vendor_locations where vendor_id = $1', [vendor])).toBe(
      'Main\u00a0shop',
    );
    expect(await refusal(addLocation(db, vendor, ' \u2003 '))).toMatchObject({
      code: '23514',
      constraint: 'vendor_locations_name_length',
    });
  });

  it('goes with its vendor, and needs one', async () => {
    const vendor = await addVendor(db, 2);
    await addLocation(db, vendor);
    await db.query('delete from vendors where id = $1', [vendor]);
    expect(await countOf(vendor)).toBe(0);
    expect(await refusal(addLocation(db, vendor))).toMatchObject({ code: '23503' });
  });
});
