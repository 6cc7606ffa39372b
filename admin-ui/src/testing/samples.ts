import type { QueueOverviewQuery } from '../gql/graphql.ts';
import { COUNT_LIMIT } from '../providers/count-limit.ts';
import type { QueueCounts, StatusCounts } from '../providers/queue-counts.ts';
import type { UpgradeRequest, UpgradeRequestRow } from '../upgrade-requests/types.ts';

export const reviewer = { id: '11111111-1111-4111-8111-111111111111', email: 'admin1@example.com' };
export const colleague = { id: '22222222-2222-4222-8222-222222222222', email: 'admin2@example.com' };
const sender = { id: '33333333-3333-4333-8333-333333333333', email: 'vendor2@example.com' };
const vendorId = '44444444-4444-4444-8444-444444444444';

const HOUR = 3_600_000;

/** A moment some hours ago. */
export function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * HOUR).toISOString();
}

/** A pending request from Basic to Plus, as the queue lists it. */
export function sampleRow(changes: Partial<UpgradeRequestRow> = {}): UpgradeRequestRow {
  return {
    id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
    vendor_id: vendorId,
    user_id: sender.id,
    current_tier: 1,
    target_tier: 2,
    business_justification:
      'We opened two new sites this spring.\nEach has hours and a phone number of its own.',
    status: 'pending',
    reviewed_by: null,
    reviewed_at: null,
    rejection_reason: null,
    admin_notes: null,
    created_at: hoursAgo(2),
    updated_at: hoursAgo(2),
    vendor: { id: vendorId, name: 'Harbor Lights', tier: 1 },
    reviewer: null,
    ...changes,
  };
}

/** The same request with everything its page shows. */
export function sampleRequest(changes: Partial<UpgradeRequest> = {}): UpgradeRequest {
  const row = sampleRow();
  return {
    ...row,
    user: sender,
    vendor: {
      id: vendorId,
      name: 'Harbor Lights',
      slug: 'harbor-lights',
      email: 'hello@harbor.example',
      tier: 1,
      is_beta: false,
      created_at: hoursAgo(2000),
      locations: [{ id: 'l1', name: 'Main shop', city: 'Bergen', country: 'NO' }],
      locations_aggregate: { aggregate: { count: 1 } },
      requests: [],
    },
    events: [
      {
        id: 1,
        at: row.created_at,
        kind: 'submitted',
        actor_id: sender.id,
        actor_role: 'vendor',
        actor: sender,
        from_tier: null,
        to_tier: null,
        note: null,
        internal_note: null,
      },
    ],
    ...changes,
  };
}

/** What the server says around a queue with some pending requests. */
export function sampleOverview(pending = 1, nextIds: readonly string[] = []): QueueOverviewQuery {
  const decided = { approved: 14, rejected: 3, cancelled: 2 };
  const days = (count: number) => ({ aggregate: { sum: { count } } });
  return {
    tiers: [
      { level: 1, name: 'Basic', max_locations: 1, features: ['Public listing'] },
      { level: 2, name: 'Plus', max_locations: 5, features: ['Public listing', 'Verified badge'] },
      {
        level: 3,
        name: 'Pro',
        max_locations: 20,
        features: ['Public listing', 'Verified badge', 'Photo gallery'],
      },
      {
        level: 4,
        name: 'Premier',
        max_locations: null,
        features: ['Public listing', 'Verified badge', 'API access'],
      },
    ],
    next: nextIds.map((id) => ({ id })),
    newestEvent: [],
    submitted: days(pending + decided.approved + decided.rejected + decided.cancelled),
    approved: days(decided.approved),
    rejected: days(decided.rejected),
    cancelled: days(decided.cancelled),
  };
}

/** What the tabs hold under a filter. */
export function sampleCounts(counts: Partial<StatusCounts> = {}): QueueCounts {
  return { counts: { pending: 0, approved: 0, rejected: 0, cancelled: 0, ...counts }, limit: COUNT_LIMIT };
}
