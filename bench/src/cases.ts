/** The read cases: one question, asked in GraphQL of the engines and as SQL of everybody else. */

/** Rows picked from the data so that requests differ from one another. */
export interface Sample {
  readonly requestIds: readonly string[];
  readonly vendorIds: readonly string[];
}

/** Values of one request, by name. */
export type Variables = Readonly<Record<string, string>>;

/** A question with everything that the contestants need to answer it. */
export interface ReadCase {
  readonly name: string;
  readonly title: string;
  readonly role: 'app_admin' | 'vendor';
  /** For the engine. For the role `vendor` its own permission brings the vendor in. */
  readonly graphql: string;
  /** For PostGraphile's amber preset. It runs without permissions, so a vendor's rows are asked for by name. */
  readonly postgraphile: string;
  /** Answers one text: the body that a client gets. Numbered parameters are `parameters`, in order. */
  readonly sql: string;
  readonly parameters: readonly string[];
  readonly variables: (sample: Sample) => readonly Variables[];
}

const newestFirst = 'order_by: [{ created_at: desc }, { id: desc }]';
const none: readonly Variables[] = [{}];

/** What the benchmark of reads asks, for each contestant. */
export const readCases: readonly ReadCase[] = [
  {
    name: 'by_pk',
    title: 'one request with its vendor',
    role: 'app_admin',
    graphql: `query ($id: uuid!) {
      tier_upgrade_requests_by_pk(id: $id) {
        id status current_tier target_tier business_justification created_at
        vendor { id name tier }
      }
    }`,
    postgraphile: `query ($id: UUID!) {
      tierUpgradeRequestByRowId(rowId: $id) {
        rowId status currentTier targetTier businessJustification createdAt
        vendorByVendorId { rowId name tier }
      }
    }`,
    sql: `select json_build_object('data', json_build_object('tier_upgrade_requests_by_pk', (
      select row_to_json(x) from (
        select r.id, r.status, r.current_tier, r.target_tier, r.business_justification, r.created_at,
          (select row_to_json(y) from (select v.id, v.name, v.tier) y) as vendor
        from tier_upgrade_requests r join vendors v on v.id = r.vendor_id
        where r.id = $1
      ) x)))::text as body`,
    parameters: ['id'],
    variables: (sample) => sample.requestIds.map((id) => ({ id })),
  },
  {
    name: 'list',
    title: '20 newest pending with vendor',
    role: 'app_admin',
    graphql: `query {
      tier_upgrade_requests(where: { status: { _eq: "pending" } }, ${newestFirst}, limit: 20) {
        id status current_tier target_tier created_at
        vendor { id name tier }
      }
    }`,
    postgraphile: `query {
      allTierUpgradeRequests(condition: { status: "pending" }, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], first: 20) {
        nodes { rowId status currentTier targetTier createdAt vendorByVendorId { rowId name tier } }
      }
    }`,
    sql: `select json_build_object('data', json_build_object('tier_upgrade_requests', (
      select coalesce(json_agg(row_to_json(x)), '[]') from (
        select r.id, r.status, r.current_tier, r.target_tier, r.created_at,
          (select row_to_json(y) from (select v.id, v.name, v.tier) y) as vendor
        from (
          select * from tier_upgrade_requests where status = 'pending'
          order by created_at desc, id desc limit 20
        ) r join vendors v on v.id = r.vendor_id
        order by r.created_at desc, r.id desc
      ) x)))::text as body`,
    parameters: [],
    variables: () => none,
  },
  {
    name: 'nested',
    title: '20 vendors, each with its 5 newest requests and their count',
    role: 'app_admin',
    graphql: `query ($after: uuid!) {
      vendors(where: { id: { _gt: $after } }, order_by: { id: asc }, limit: 20) {
        id name tier
        requests(${newestFirst}, limit: 5) { id status target_tier created_at }
        requests_aggregate { aggregate { count } }
      }
    }`,
    // The amber preset has no "greater than"; the page starts at the first vendor, which costs no less.
    postgraphile: `query {
      allVendors(orderBy: [ROW_ID_ASC], first: 20) {
        nodes {
          rowId name tier
          tierUpgradeRequestsByVendorId(orderBy: [CREATED_AT_DESC, ROW_ID_DESC], first: 5) {
            nodes { rowId status targetTier createdAt }
            totalCount
          }
        }
      }
    }`,
    sql: `select json_build_object('data', json_build_object('vendors', (
      select coalesce(json_agg(row_to_json(x)), '[]') from (
        select v.id, v.name, v.tier,
          (select coalesce(json_agg(row_to_json(y)), '[]') from (
            select r.id, r.status, r.target_tier, r.created_at from tier_upgrade_requests r
            where r.vendor_id = v.id order by r.created_at desc, r.id desc limit 5) y) as requests,
          json_build_object('aggregate', json_build_object('count', (
            select count(*) from tier_upgrade_requests r where r.vendor_id = v.id))) as requests_aggregate
        from vendors v where v.id > $1 order by v.id limit 20
      ) x)))::text as body`,
    parameters: ['after'],
    variables: (sample) => sample.vendorIds.map((after) => ({ after })),
  },
  {
    name: 'filtered',
    title: "a vendor's own decided requests: a page and the count",
    role: 'vendor',
    graphql: `query {
      tier_upgrade_requests(where: { status: { _in: ["approved", "rejected"] } }, ${newestFirst}, limit: 10, offset: 0) {
        id status current_tier target_tier created_at reviewed_at
      }
      tier_upgrade_requests_aggregate(where: { status: { _in: ["approved", "rejected"] } }) { aggregate { count } }
    }`,
    // A condition takes one value, so it asks for one status where the others ask for two.
    postgraphile: `query ($vendor: UUID!) {
      allTierUpgradeRequests(condition: { vendorId: $vendor, status: "approved" }, orderBy: [CREATED_AT_DESC, ROW_ID_DESC], first: 10) {
        nodes { rowId status currentTier targetTier createdAt reviewedAt }
        totalCount
      }
    }`,
    sql: `select json_build_object('data', json_build_object(
      'tier_upgrade_requests', (
        select coalesce(json_agg(row_to_json(x)), '[]') from (
          select id, status, current_tier, target_tier, created_at, reviewed_at from tier_upgrade_requests
          where vendor_id = $1 and status = any ('{approved,rejected}')
          order by created_at desc, id desc limit 10 offset 0
        ) x),
      'tier_upgrade_requests_aggregate', json_build_object('aggregate', json_build_object('count', (
        select count(*) from tier_upgrade_requests
        where vendor_id = $1 and status = any ('{approved,rejected}'))))))::text as body`,
    parameters: ['vendor'],
    variables: (sample) => sample.vendorIds.slice(0, 20).map((vendor) => ({ vendor })),
  },
  {
    name: 'bulk',
    title: '1,000 rows of 8 columns',
    role: 'app_admin',
    graphql: `query {
      tier_upgrade_requests(${newestFirst}, limit: 1000) {
        id vendor_id current_tier target_tier status created_at reviewed_at updated_at
      }
    }`,
    postgraphile: `query {
      allTierUpgradeRequests(orderBy: [CREATED_AT_DESC, ROW_ID_DESC], first: 1000) {
        nodes { rowId vendorId currentTier targetTier status createdAt reviewedAt updatedAt }
      }
    }`,
    sql: `select json_build_object('data', json_build_object('tier_upgrade_requests', (
      select coalesce(json_agg(row_to_json(x)), '[]') from (
        select id, vendor_id, current_tier, target_tier, status, created_at, reviewed_at, updated_at
        from tier_upgrade_requests order by created_at desc, id desc limit 1000
      ) x)))::text as body`,
    parameters: [],
    variables: () => none,
  },
];
