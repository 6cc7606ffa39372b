import type { Engine, Session } from '@tierline/engine';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, serveProject, userId, vendorId, vendorSession } from './engine.ts';
import { value } from './fixtures.ts';

/** vendor3 has a rejected and an approved request; vendor5 is the stranger who tries to get at them. */
const OWNER = vendorId(3);
const STRANGER = vendorSession(5);
const VENDOR = vendorSession(3);

let db: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  db = await createTestDatabase({ seeded: true });
  engine = await serveProject(db.url);
});
afterAll(() => engine.close());

const asking = (session: Session, query: string, variables?: Record<string, unknown>): Promise<Answer> =>
  ask(engine, session, query, variables);

describe('a vendor and the rows of another', () => {
  it.each([
    ['by list', `{ rows: tier_upgrade_requests(where: {vendor_id: {_eq: "${OWNER}"}}) { id } }`],
    ['by relationship', `{ rows: tier_upgrade_requests(where: {vendor: {id: {_eq: "${OWNER}"}}}) { id } }`],
    [
      'in the timeline',
      `{ rows: tier_upgrade_request_events(where: {vendor_id: {_eq: "${OWNER}"}}) { id } }`,
    ],
    ['in the list of vendors', `{ rows: vendors(where: {id: {_eq: "${OWNER}"}}) { id email } }`],
    ['in locations', `{ rows: vendor_locations(where: {vendor_id: {_neq: "${vendorId(5)}"}}) { id } }`],
    ['in users', `{ rows: users(where: {id: {_neq: "${userId(5)}"}}) { id email } }`],
    ['in notifications', `{ rows: notifications(where: {user_id: {_neq: "${userId(5)}"}}) { id } }`],
    ['through "or"', `{ rows: vendors(where: {_or: [{id: {_eq: "${OWNER}"}}, {tier: {_gt: 2}}]}) { id } }`],
    ['through "not"', `{ rows: vendors(where: {_not: {id: {_eq: "${vendorId(5)}"}}}) { id } }`],
  ])('sees nothing %s', async (_, query) => {
    expect(await asking(STRANGER, query)).toEqual({ data: { rows: [] } });
  });

  it('sees nothing by key', async () => {
    const request = await value(db, 'select id from tier_upgrade_requests where vendor_id = $1 limit 1', [
      OWNER,
    ]);
    const answer = await asking(
      STRANGER,
      `query ($request: uuid!, $vendor: uuid!, $user: uuid!) {
        tier_upgrade_requests_by_pk(id: $request) { id }
        vendors_by_pk(id: $vendor) { id }
        users_by_pk(id: $user) { id }
      }`,
      { request, vendor: OWNER, user: userId(3) },
    );
    expect(answer).toEqual({
      data: { tier_upgrade_requests_by_pk: null, vendors_by_pk: null, users_by_pk: null },
    });
  });

  it('counts and guesses only its own', async () => {
    const { data } = await asking(
      STRANGER,
      `{
        requests: tier_upgrade_requests_aggregate { aggregate { count max { created_at } } nodes { vendor_id } }
        vendors: vendors_aggregate { aggregate { count } }
        told: vendors(where: {requests: {rejection_reason: {_is_null: false}}}) { id }
      }`,
    );
    expect(data).toMatchObject({
      requests: { aggregate: { count: 1 }, nodes: [{ vendor_id: vendorId(5) }] },
      vendors: { aggregate: { count: 1 } },
      told: [],
    });
  });

  it('changes nothing of it', async () => {
    const before = await db.query('select * from vendors where id = $1', [OWNER]);
    const places = await db.query('select * from vendor_locations where vendor_id = $1 order by id', [OWNER]);
    expect(places.rows.length).toBeGreaterThan(0);
    const answer = await asking(
      STRANGER,
      `mutation ($vendor: uuid!, $place: uuid!) {
        update_vendors(where: {id: {_eq: $vendor}}, _set: {name: "Mine"}) { affected_rows }
        update_vendors_by_pk(pk_columns: {id: $vendor}, _set: {email: "me@example.com"}) { id }
        update_vendor_locations(where: {vendor_id: {_eq: $vendor}}, _set: {name: "Mine"}) { affected_rows }
        delete_vendor_locations(where: {vendor_id: {_eq: $vendor}}) { affected_rows }
        delete_vendor_locations_by_pk(id: $place) { id }
        update_notifications(where: {user_id: {_neq: "${userId(5)}"}}, _set: {read_at: "now()"}) { affected_rows }
      }`,
      { vendor: OWNER, place: places.rows[0]!.id },
    );
    expect(answer.data).toEqual({
      update_vendors: { affected_rows: 0 },
      update_vendors_by_pk: null,
      update_vendor_locations: { affected_rows: 0 },
      delete_vendor_locations: { affected_rows: 0 },
      delete_vendor_locations_by_pk: null,
      update_notifications: { affected_rows: 0 },
    });
    expect((await db.query('select * from vendors where id = $1', [OWNER])).rows).toEqual(before.rows);
  });

  it('cannot put a location under it', async () => {
    const { code } = await asking(
      STRANGER,
      `mutation { insert_vendor_locations_one(object: {vendor_id: "${OWNER}", name: "a", address: "b", city: "c", country: "d"}) { id } }`,
    );
    expect(code).toBe('validation-failed');
  });
});

describe('a vendor and its own rows', () => {
  it('reads its requests, its timeline and what is on for it', async () => {
    const { data } = await asking(
      VENDOR,
      `{
        vendors { tier tier_info { name } requests(order_by: {created_at: asc}) { status user { email } events(order_by: {id: asc}) { kind note } } }
        feature_flags { key }
        tier_review_time { median_hours }
      }`,
    );
    expect(data).toMatchObject({
      vendors: [
        {
          tier: 2,
          tier_info: { name: 'Plus' },
          requests: [
            {
              status: 'rejected',
              user: { email: 'vendor3@example.com' },
              events: [{ kind: 'submitted' }, { kind: 'rejected', note: expect.any(String) }],
            },
            { status: 'approved', events: [{ kind: 'submitted' }, { kind: 'approved', note: null }] },
          ],
        },
      ],
      feature_flags: [{ key: 'tier_upgrade_requests' }],
      tier_review_time: [{ median_hours: expect.any(Number) }],
    });
  });

  it.each([
    '{ tier_upgrade_requests { admin_notes } }',
    '{ tier_upgrade_requests { reviewed_by } }',
    '{ tier_upgrade_requests(where: {admin_notes: {_like: "%"}}) { id } }',
    '{ tier_upgrade_requests(order_by: {reviewed_by: asc}) { id } }',
    '{ tier_upgrade_requests { user_id } }',
    '{ tier_upgrade_requests_aggregate { aggregate { max { user_id } } } }',
    '{ tier_upgrade_requests(where: {user_id: {_is_null: false}}) { id } }',
    '{ tier_upgrade_requests(order_by: {user_id: asc}) { id } }',
    '{ tier_upgrade_requests(distinct_on: user_id) { id } }',
    '{ tier_upgrade_request_events { internal_note } }',
    '{ tier_upgrade_request_events { actor_id } }',
    '{ users { password_hash } }',
    '{ feature_flags { audience } }',
    '{ email_deliveries { id } }',
    '{ analytics_events { id } }',
    '{ tier_upgrade_stats { pending_count } }',
    'mutation { update_vendors(where: {}, _set: {tier: 4}) { affected_rows } }',
    'mutation { update_vendors(where: {}, _set: {is_beta: true}) { affected_rows } }',
    'mutation { update_vendors(where: {}, _inc: {tier: 1}) { affected_rows } }',
    'mutation { update_notifications(where: {}, _set: {title: "x"}) { affected_rows } }',
    'mutation { delete_notifications(where: {}) { affected_rows } }',
    'mutation { update_tier_upgrade_requests(where: {}, _set: {status: "approved"}) { affected_rows } }',
    'mutation { insert_tier_upgrade_requests_one(object: {target_tier: 2}) { id } }',
    'mutation { delete_tier_upgrade_request_events(where: {}) { affected_rows } }',
    'mutation { update_users(where: {}, _set: {role: "admin"}) { affected_rows } }',
  ])('has no such thing as %s', async (query) => {
    expect((await asking(VENDOR, query)).code).toBe('validation-failed');
  });

  it('never learns who reviewed, not even by relationship', async () => {
    const { data } = await asking(
      VENDOR,
      '{ tier_upgrade_requests { reviewer { id email } } events: tier_upgrade_request_events { actor { id } kind } }',
    );
    expect(data!.tier_upgrade_requests).toEqual([{ reviewer: null }, { reviewer: null }]);
    for (const { actor } of data!.events as { actor: { id: string } | null }[]) {
      expect([null, userId(3)]).toContain(actor?.id ?? null);
    }
  });

  it('never learns which administrator submitted for it, nor can probe for one; its own user it sees', async () => {
    const own = await asking(VENDOR, '{ tier_upgrade_requests { user { id } } }');
    expect(own.data!.tier_upgrade_requests).toEqual([
      { user: { id: userId(3) } },
      { user: { id: userId(3) } },
    ]);
    await db.query(
      `insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
       select id, $2, tier, tier + 1, repeat('We need it. ', 5) from vendors where id = $1`,
      [vendorId(1), userId(901)],
    );
    const { data } = await asking(
      vendorSession(1),
      `{
        all: tier_upgrade_requests { user { id email } }
        probed: tier_upgrade_requests(where: {user: {id: {_eq: "${userId(901)}"}}}) { id }
        guessed: tier_upgrade_requests(where: {_not: {user: {id: {_neq: "${userId(901)}"}}}}) { id user { id } }
      }`,
    );
    expect(data).toEqual({
      all: [{ user: null }],
      probed: [],
      guessed: [{ id: expect.any(String), user: null }],
    });
  });

  it('sees only the first five kinds of its timeline', async () => {
    await db.query('update vendors set is_beta = not is_beta where id = $1', [OWNER]);
    await db.query('update users set disabled_at = now() where id = $1', [userId(3)]);
    await db.query('update vendors set is_beta = not is_beta where id = $1', [OWNER]);
    await db.query('update users set disabled_at = null where id = $1', [userId(3)]);
    const { data } = await asking(VENDOR, '{ tier_upgrade_request_events(order_by: {id: asc}) { kind } }');
    expect(data!.tier_upgrade_request_events).toEqual([
      { kind: 'submitted' },
      { kind: 'rejected' },
      { kind: 'submitted' },
      { kind: 'approved' },
    ]);
  });

  it('sees a flag only while it is on for it', async () => {
    const flags = async (session: Session) => (await asking(session, '{ feature_flags { key } }')).data;
    const beyond = vendorSession(30);
    const on = { feature_flags: [{ key: 'tier_upgrade_requests' }] };
    const off = { feature_flags: [] };
    await db.query(`update feature_flags set audience = 'beta'`);
    expect([await flags(VENDOR), await flags(beyond)]).toEqual([on, off]);
    await db.query(`update feature_flags set audience = 'none'`);
    expect([await flags(VENDOR), await flags(beyond)]).toEqual([off, off]);
    await db.query(`update feature_flags set audience = 'all'`);
    expect([await flags(VENDOR), await flags(beyond)]).toEqual([on, on]);
  });

  it('reads the limit on locations as Hasura passes a trigger on', async () => {
    const answer = await asking(
      vendorSession(1),
      `mutation { insert_vendor_locations(objects: [
         {name: "One", address: "b", city: "c", country: "d"},
         {name: "Two", address: "b", city: "c", country: "d"}
       ]) { affected_rows } }`,
    );
    expect(answer).toMatchObject({
      code: 'constraint-violation',
      message: expect.stringContaining('LOCATION_LIMIT_REACHED: '),
    });
  });

  it('writes its name and its locations', async () => {
    const { data } = await asking(
      vendorSession(4),
      `mutation {
        update_vendors_by_pk(pk_columns: {id: "${vendorId(4)}"}, _set: {name: " Driftwood "}) { name }
        insert_vendor_locations_one(object: {name: "Pier", address: "1 Pier", city: "Brighton", country: "UK"}) { vendor_id }
      }`,
    );
    expect(data).toEqual({
      update_vendors_by_pk: { name: 'Driftwood' },
      insert_vendor_locations_one: { vendor_id: vendorId(4) },
    });
  });
});
