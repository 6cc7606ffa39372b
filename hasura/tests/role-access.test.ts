import type { Engine, Session } from '@tierline/engine';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, serveProject, sessionOf, userId, vendorId, vendorSession } from './engine.ts';

const VENDOR = vendorSession(3);
const ADMIN = sessionOf('app_admin', { 'x-hasura-user-id': userId(901) });
const ANYBODY = sessionOf('anonymous', { 'x-hasura-user-id': userId(3), 'x-hasura-vendor-id': vendorId(3) });

let db: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  db = await createTestDatabase({ seeded: true });
  engine = await serveProject(db.url);
});
afterAll(() => engine.close());

const asking = (session: Session, query: string, variables?: Record<string, unknown>): Promise<Answer> =>
  ask(engine, session, query, variables);

it('the metadata fits the database', () => {
  expect(engine.inconsistencies).toEqual([]);
});

describe('an administrator', () => {
  it('reads every request with notes, people and counts', async () => {
    const { data } = await asking(
      ADMIN,
      `{
        tier_upgrade_requests(limit: 3, where: {status: {_eq: "rejected"}}) {
          admin_notes reviewer { email } vendor { name users { email } } events { actor { email } internal_note }
        }
        total: tier_upgrade_requests_aggregate { aggregate { count } }
        tier_upgrade_stats { pending_count approval_rate_30d median_review_hours p90_review_hours }
        tier_upgrade_daily(limit: 1, order_by: {day: desc}) { day status count }
      }`,
    );
    expect(data).toMatchObject({ tier_upgrade_stats: [{ pending_count: 14 }] });
    expect((data!.tier_upgrade_requests as unknown[]).length).toBe(3);
  });

  it.each([
    '{ users { password_hash } }',
    '{ users(where: {password_hash: {_like: "%"}}) { id } }',
    'mutation { update_vendors(where: {}, _set: {tier: 4}) { affected_rows } }',
    'mutation { update_tier_upgrade_requests(where: {}, _set: {status: "approved"}) { affected_rows } }',
    'mutation { delete_tier_upgrade_request_events(where: {}) { affected_rows } }',
    'mutation { insert_users_one(object: {email: "a@b"}) { id } }',
    'mutation { insert_vendor_locations_one(object: {name: "a"}) { id } }',
  ])('has no such thing as %s', async (query) => {
    expect((await asking(ADMIN, query)).code).toBe('validation-failed');
  });

  it('marks only its own notifications as read', async () => {
    const { data } = await asking(
      ADMIN,
      'mutation { update_notifications(where: {}, _set: {read_at: "2026-01-01T00:00:00Z"}) { returning { user_id } } }',
    );
    const { returning } = data!.update_notifications as { returning: { user_id: string }[] };
    expect(new Set(returning.map(({ user_id }) => user_id))).toEqual(new Set([userId(901)]));
  });
});

describe('somebody without a token', () => {
  it('reads the tiers, whatever session variables it claims', async () => {
    expect(
      (await asking(ANYBODY, '{ tiers(order_by: {level: asc}) { level name features } }')).data,
    ).toMatchObject({
      tiers: [{ level: 1 }, { level: 2 }, { level: 3 }, { level: 4 }],
    });
  });

  it.each([
    '{ vendors { id } }',
    '{ users { id } }',
    '{ tier_upgrade_requests { id } }',
    '{ tier_upgrade_request_events { id } }',
    '{ vendor_locations { id } }',
    '{ notifications { id } }',
    '{ feature_flags { key } }',
    '{ tier_review_time { median_hours } }',
    `mutation { submitTierUpgradeRequest(targetTier: 2, businessJustification: "x") { success } }`,
  ])('has no such thing as %s', async (query) => {
    expect((await asking(ANYBODY, query)).code).toBe('validation-failed');
  });
});

describe('the limits', () => {
  it.each([ANYBODY, VENDOR, ADMIN])('bound every role', async (session) => {
    const nodes = Array.from({ length: 301 }, (_, index) => `t${index}: tiers { level }`).join(' ');
    expect((await asking(session, `{ ${nodes} }`)).code).toBe('node-limit-exceeded');
    expect(() => engine.checkBatch(11, session)).toThrow();
    expect(() => engine.checkBatch(10, session)).not.toThrow();
  });

  it('stop a query that walks round in circles', async () => {
    let inner = '{ id }';
    for (let level = 0; level < 6; level += 1) inner = `{ vendor { requests ${inner} } }`;
    expect((await asking(VENDOR, `{ tier_upgrade_requests ${inner} }`)).code).toBe('depth-limit-exceeded');
  });
});
