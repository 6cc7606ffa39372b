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
    "subscription NewestEvents {\n  tier_upgrade_request_events(order_by: {id: desc}, limit: 20) {\n    id\n    kind\n    request_id\n    actor_id\n    actor {\n      email\n    }\n    vendor {\n      name\n    }\n  }\n}": typeof types.NewestEventsDocument,
    "mutation ApproveRequest($requestId: uuid!, $adminNotes: String) {\n  approveTierUpgradeRequest(requestId: $requestId, adminNotes: $adminNotes) {\n    message\n    requestId\n  }\n}\n\nmutation RejectRequest($requestId: uuid!, $rejectionReason: String!, $adminNotes: String) {\n  rejectTierUpgradeRequest(\n    requestId: $requestId\n    rejectionReason: $rejectionReason\n    adminNotes: $adminNotes\n  ) {\n    message\n    requestId\n  }\n}\n\nquery QueueOverview($filter: tier_upgrade_requests_bool_exp!) {\n  tiers(order_by: {level: asc}) {\n    level\n    name\n    max_locations\n    features\n  }\n  waiting: tier_upgrade_requests_aggregate(where: {status: {_eq: \"pending\"}}) {\n    aggregate {\n      count\n    }\n  }\n  next: tier_upgrade_requests(\n    where: {status: {_eq: \"pending\"}}\n    order_by: [{created_at: asc}, {id: asc}]\n    limit: 2\n  ) {\n    id\n  }\n  pending: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"pending\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  approved: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"approved\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  rejected: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"rejected\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  cancelled: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"cancelled\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n}": typeof types.ApproveRequestDocument,
};
const documents: Documents = {
    "subscription NewestEvents {\n  tier_upgrade_request_events(order_by: {id: desc}, limit: 20) {\n    id\n    kind\n    request_id\n    actor_id\n    actor {\n      email\n    }\n    vendor {\n      name\n    }\n  }\n}": types.NewestEventsDocument,
    "mutation ApproveRequest($requestId: uuid!, $adminNotes: String) {\n  approveTierUpgradeRequest(requestId: $requestId, adminNotes: $adminNotes) {\n    message\n    requestId\n  }\n}\n\nmutation RejectRequest($requestId: uuid!, $rejectionReason: String!, $adminNotes: String) {\n  rejectTierUpgradeRequest(\n    requestId: $requestId\n    rejectionReason: $rejectionReason\n    adminNotes: $adminNotes\n  ) {\n    message\n    requestId\n  }\n}\n\nquery QueueOverview($filter: tier_upgrade_requests_bool_exp!) {\n  tiers(order_by: {level: asc}) {\n    level\n    name\n    max_locations\n    features\n  }\n  waiting: tier_upgrade_requests_aggregate(where: {status: {_eq: \"pending\"}}) {\n    aggregate {\n      count\n    }\n  }\n  next: tier_upgrade_requests(\n    where: {status: {_eq: \"pending\"}}\n    order_by: [{created_at: asc}, {id: asc}]\n    limit: 2\n  ) {\n    id\n  }\n  pending: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"pending\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  approved: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"approved\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  rejected: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"rejected\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  cancelled: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"cancelled\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n}": types.ApproveRequestDocument,
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
export function graphql(source: "subscription NewestEvents {\n  tier_upgrade_request_events(order_by: {id: desc}, limit: 20) {\n    id\n    kind\n    request_id\n    actor_id\n    actor {\n      email\n    }\n    vendor {\n      name\n    }\n  }\n}"): (typeof documents)["subscription NewestEvents {\n  tier_upgrade_request_events(order_by: {id: desc}, limit: 20) {\n    id\n    kind\n    request_id\n    actor_id\n    actor {\n      email\n    }\n    vendor {\n      name\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ApproveRequest($requestId: uuid!, $adminNotes: String) {\n  approveTierUpgradeRequest(requestId: $requestId, adminNotes: $adminNotes) {\n    message\n    requestId\n  }\n}\n\nmutation RejectRequest($requestId: uuid!, $rejectionReason: String!, $adminNotes: String) {\n  rejectTierUpgradeRequest(\n    requestId: $requestId\n    rejectionReason: $rejectionReason\n    adminNotes: $adminNotes\n  ) {\n    message\n    requestId\n  }\n}\n\nquery QueueOverview($filter: tier_upgrade_requests_bool_exp!) {\n  tiers(order_by: {level: asc}) {\n    level\n    name\n    max_locations\n    features\n  }\n  waiting: tier_upgrade_requests_aggregate(where: {status: {_eq: \"pending\"}}) {\n    aggregate {\n      count\n    }\n  }\n  next: tier_upgrade_requests(\n    where: {status: {_eq: \"pending\"}}\n    order_by: [{created_at: asc}, {id: asc}]\n    limit: 2\n  ) {\n    id\n  }\n  pending: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"pending\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  approved: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"approved\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  rejected: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"rejected\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  cancelled: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"cancelled\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n}"): (typeof documents)["mutation ApproveRequest($requestId: uuid!, $adminNotes: String) {\n  approveTierUpgradeRequest(requestId: $requestId, adminNotes: $adminNotes) {\n    message\n    requestId\n  }\n}\n\nmutation RejectRequest($requestId: uuid!, $rejectionReason: String!, $adminNotes: String) {\n  rejectTierUpgradeRequest(\n    requestId: $requestId\n    rejectionReason: $rejectionReason\n    adminNotes: $adminNotes\n  ) {\n    message\n    requestId\n  }\n}\n\nquery QueueOverview($filter: tier_upgrade_requests_bool_exp!) {\n  tiers(order_by: {level: asc}) {\n    level\n    name\n    max_locations\n    features\n  }\n  waiting: tier_upgrade_requests_aggregate(where: {status: {_eq: \"pending\"}}) {\n    aggregate {\n      count\n    }\n  }\n  next: tier_upgrade_requests(\n    where: {status: {_eq: \"pending\"}}\n    order_by: [{created_at: asc}, {id: asc}]\n    limit: 2\n  ) {\n    id\n  }\n  pending: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"pending\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  approved: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"approved\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  rejected: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"rejected\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n  cancelled: tier_upgrade_requests_aggregate(\n    where: {_and: [{status: {_eq: \"cancelled\"}}, $filter]}\n  ) {\n    aggregate {\n      count\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;