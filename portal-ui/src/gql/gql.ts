/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n": typeof types.AccountVendorFragmentDoc,
    "\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n": typeof types.TiersDocument,
    "\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n": typeof types.UpgradeRequestFragmentDoc,
    "\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n": typeof types.CancelTierUpgradeRequestDocument,
    "\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n": typeof types.SubmitTierUpgradeRequestDocument,
    "\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n": typeof types.NewestRequestDocument,
    "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": typeof types.DashboardVendorFragmentDoc,
    "\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n": typeof types.DashboardLiveDocument,
    "\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": typeof types.FeatureLiveDocument,
};
const documents: Documents = {
    "\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n": types.AccountVendorFragmentDoc,
    "\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n": types.TiersDocument,
    "\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n": types.UpgradeRequestFragmentDoc,
    "\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n": types.CancelTierUpgradeRequestDocument,
    "\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n": types.SubmitTierUpgradeRequestDocument,
    "\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n": types.NewestRequestDocument,
    "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": types.DashboardVendorFragmentDoc,
    "\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n": types.DashboardDocument,
    "\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n": types.DashboardLiveDocument,
    "\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": types.FeatureLiveDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n"): (typeof documents)["\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n"): (typeof documents)["\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n"): (typeof documents)["\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n"): (typeof documents)["\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n"): (typeof documents)["\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n"): (typeof documents)["\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n"): (typeof documents)["\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n"): (typeof documents)["\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;