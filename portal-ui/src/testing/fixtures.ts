import type { DashboardQuery, TiersQuery, UpgradeRequestFragment } from '../gql/graphql.ts';

export const vendorId = '0b0f6a3e-0000-4000-8000-000000000001';
export const userId = '0b0f6a3e-0000-4000-8000-0000000000aa';

type Vendor = NonNullable<DashboardQuery['vendors_by_pk']>;

const tier = (level: number, name: string, max_locations: number | null, features: string[]) => ({
  __typename: 'tiers' as const,
  level,
  name,
  max_locations,
  features,
});

/** Four tiers as the table has them. */
export const tiers: TiersQuery['tiers'] = [
  tier(1, 'Basic', 1, ['Public profile']),
  tier(2, 'Plus', 5, ['Everything in Basic', 'Monthly report']),
  tier(3, 'Pro', 20, ['Everything in Plus', 'Campaigns']),
  tier(4, 'Premier', null, ['Everything in Pro', 'Account manager']),
];

let lastRequest = 0;

/** A request, pending unless said otherwise. */
export function aRequest(changes: Partial<UpgradeRequestFragment> = {}) {
  lastRequest += 1;
  return {
    __typename: 'tier_upgrade_requests' as const,
    id: `0b0f6a3e-0000-4000-9000-${String(lastRequest).padStart(12, '0')}`,
    current_tier: 1,
    target_tier: 2,
    business_justification: 'We open two more shops in spring and want both of them listed as well.',
    status: 'pending',
    rejection_reason: null,
    created_at: '2026-11-20T10:00:00+00:00',
    events: [
      {
        __typename: 'tier_upgrade_request_events' as const,
        id: lastRequest,
        at: '2026-11-20T10:00:00+00:00',
        kind: 'submitted',
        actor_role: 'vendor',
        note: null,
        from_tier: null,
        to_tier: null,
      },
    ],
    ...changes,
  };
}

const counted = <T extends string>(typename: T, count: number) => ({
  __typename: typename,
  aggregate: { __typename: `${typename}_fields`, count },
});

/** A vendor with the given requests, the newest first. */
export function aVendor({ tier = 1, requests = [] as ReturnType<typeof aRequest>[], locations = 1 } = {}) {
  return {
    __typename: 'vendors' as const,
    id: vendorId,
    name: 'Harbor Lights',
    email: 'hello@harbor.example',
    tier,
    locations: [],
    locations_aggregate: counted('vendor_locations_aggregate', locations),
    newest: requests.slice(0, 1),
    requests,
    requests_aggregate: counted('tier_upgrade_requests_aggregate', requests.length),
  } as unknown as Vendor;
}

/** What the dashboard's query answers. */
export function aDashboard(vendor: Vendor, { isFeatureOn = true, medianHours = 40 as number | null } = {}) {
  return {
    vendors_by_pk: vendor,
    feature_flags: isFeatureOn ? [{ __typename: 'feature_flags', key: 'tier_upgrade_requests' }] : [],
    tier_review_time: [{ __typename: 'tier_review_time', median_hours: medianHours }],
  };
}
