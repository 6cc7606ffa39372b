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
    "\n  fragment Location on vendor_locations {\n    id\n    name\n    address\n    city\n    country\n  }\n": typeof types.LocationFragmentDoc,
    "\n  mutation AddLocation($location: vendor_locations_insert_input!) {\n    insert_vendor_locations_one(object: $location) {\n      ...Location\n    }\n  }\n": typeof types.AddLocationDocument,
    "\n  mutation EditLocation($id: uuid!, $changes: vendor_locations_set_input!) {\n    update_vendor_locations_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...Location\n    }\n  }\n": typeof types.EditLocationDocument,
    "\n  mutation RemoveLocation($id: uuid!) {\n    delete_vendor_locations_by_pk(id: $id) {\n      id\n    }\n  }\n": typeof types.RemoveLocationDocument,
    "\n  query NewestLocation {\n    vendor_locations(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...Location\n    }\n  }\n": typeof types.NewestLocationDocument,
    "\n  subscription LatestNotifications($limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n  }\n": typeof types.LatestNotificationsDocument,
    "\n  subscription UnreadNotifications {\n    notifications_aggregate(where: { read_at: { _is_null: true }, done_at: { _is_null: true } }) {\n      aggregate {\n        count\n      }\n    }\n  }\n": typeof types.UnreadNotificationsDocument,
    "\n  fragment Notification on notifications {\n    id\n    kind\n    title\n    body\n    read_at\n    done_at\n    created_at\n    request {\n      id\n      target_tier\n    }\n  }\n": typeof types.NotificationFragmentDoc,
    "\n  mutation MarkNotificationsRead($which: notifications_bool_exp!) {\n    update_notifications(where: { _and: [{ read_at: { _is_null: true } }, $which] }, _set: { read_at: \"now()\" }) {\n      returning {\n        id\n        read_at\n      }\n    }\n  }\n": typeof types.MarkNotificationsReadDocument,
    "\n  fragment ProfileVendor on vendors {\n    id\n    name\n    slug\n    email\n    tier\n    created_at\n  }\n": typeof types.ProfileVendorFragmentDoc,
    "\n  mutation SaveProfile($id: uuid!, $changes: vendors_set_input!) {\n    update_vendors_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...ProfileVendor\n    }\n  }\n": typeof types.SaveProfileDocument,
    "\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n": typeof types.AccountVendorFragmentDoc,
    "\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n": typeof types.TiersDocument,
    "\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n": typeof types.UpgradeRequestFragmentDoc,
    "\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n": typeof types.CancelTierUpgradeRequestDocument,
    "\n  query EarlierRequest($id: uuid!) {\n    tier_upgrade_requests_by_pk(id: $id) {\n      ...UpgradeRequest\n    }\n  }\n": typeof types.EarlierRequestDocument,
    "\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n": typeof types.SubmitTierUpgradeRequestDocument,
    "\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n": typeof types.NewestRequestDocument,
    "\n  query Notifications($vendorId: uuid!, $limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n    notifications_aggregate {\n      aggregate {\n        count\n      }\n    }\n    vendors_by_pk(id: $vendorId) {\n      ...AccountVendor\n    }\n  }\n": typeof types.NotificationsDocument,
    "\n  query Profile($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...ProfileVendor\n      ...AccountVendor\n    }\n  }\n": typeof types.ProfileDocument,
    "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    email\n    locations(order_by: [{ created_at: desc }, { id: desc }], limit: 3) {\n      ...Location\n    }\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": typeof types.DashboardVendorFragmentDoc,
    "\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n": typeof types.DashboardLiveDocument,
    "\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": typeof types.FeatureLiveDocument,
    "\n  fragment LocationsVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations(order_by: [{ name: asc }, { id: asc }]) {\n      ...Location\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n    }\n  }\n": typeof types.LocationsVendorFragmentDoc,
    "\n  query Locations($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": typeof types.LocationsDocument,
    "\n  subscription LocationsLive($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n  }\n": typeof types.LocationsLiveDocument,
};
const documents: Documents = {
    "\n  fragment Location on vendor_locations {\n    id\n    name\n    address\n    city\n    country\n  }\n": types.LocationFragmentDoc,
    "\n  mutation AddLocation($location: vendor_locations_insert_input!) {\n    insert_vendor_locations_one(object: $location) {\n      ...Location\n    }\n  }\n": types.AddLocationDocument,
    "\n  mutation EditLocation($id: uuid!, $changes: vendor_locations_set_input!) {\n    update_vendor_locations_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...Location\n    }\n  }\n": types.EditLocationDocument,
    "\n  mutation RemoveLocation($id: uuid!) {\n    delete_vendor_locations_by_pk(id: $id) {\n      id\n    }\n  }\n": types.RemoveLocationDocument,
    "\n  query NewestLocation {\n    vendor_locations(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...Location\n    }\n  }\n": types.NewestLocationDocument,
    "\n  subscription LatestNotifications($limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n  }\n": types.LatestNotificationsDocument,
    "\n  subscription UnreadNotifications {\n    notifications_aggregate(where: { read_at: { _is_null: true }, done_at: { _is_null: true } }) {\n      aggregate {\n        count\n      }\n    }\n  }\n": types.UnreadNotificationsDocument,
    "\n  fragment Notification on notifications {\n    id\n    kind\n    title\n    body\n    read_at\n    done_at\n    created_at\n    request {\n      id\n      target_tier\n    }\n  }\n": types.NotificationFragmentDoc,
    "\n  mutation MarkNotificationsRead($which: notifications_bool_exp!) {\n    update_notifications(where: { _and: [{ read_at: { _is_null: true } }, $which] }, _set: { read_at: \"now()\" }) {\n      returning {\n        id\n        read_at\n      }\n    }\n  }\n": types.MarkNotificationsReadDocument,
    "\n  fragment ProfileVendor on vendors {\n    id\n    name\n    slug\n    email\n    tier\n    created_at\n  }\n": types.ProfileVendorFragmentDoc,
    "\n  mutation SaveProfile($id: uuid!, $changes: vendors_set_input!) {\n    update_vendors_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...ProfileVendor\n    }\n  }\n": types.SaveProfileDocument,
    "\n  fragment AccountVendor on vendors {\n    id\n    name\n  }\n": types.AccountVendorFragmentDoc,
    "\n  query Tiers {\n    tiers(order_by: { level: asc }) {\n      level\n      name\n      max_locations\n      features\n    }\n  }\n": types.TiersDocument,
    "\n  fragment UpgradeRequest on tier_upgrade_requests {\n    id\n    current_tier\n    target_tier\n    business_justification\n    status\n    rejection_reason\n    created_at\n    events(order_by: { id: asc }) {\n      id\n      at\n      kind\n      actor_role\n      note\n      from_tier\n      to_tier\n    }\n  }\n": types.UpgradeRequestFragmentDoc,
    "\n  mutation CancelTierUpgradeRequest($requestId: uuid!) {\n    cancelTierUpgradeRequest(requestId: $requestId) {\n      requestId\n      request {\n        ...UpgradeRequest\n      }\n    }\n  }\n": types.CancelTierUpgradeRequestDocument,
    "\n  query EarlierRequest($id: uuid!) {\n    tier_upgrade_requests_by_pk(id: $id) {\n      ...UpgradeRequest\n    }\n  }\n": types.EarlierRequestDocument,
    "\n  mutation SubmitTierUpgradeRequest($targetTier: Int!, $businessJustification: String!) {\n    submitTierUpgradeRequest(targetTier: $targetTier, businessJustification: $businessJustification) {\n      requestId\n      submitsLeft\n    }\n  }\n": types.SubmitTierUpgradeRequestDocument,
    "\n  query NewestRequest {\n    tier_upgrade_requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n      target_tier\n      business_justification\n    }\n  }\n": types.NewestRequestDocument,
    "\n  query Notifications($vendorId: uuid!, $limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n    notifications_aggregate {\n      aggregate {\n        count\n      }\n    }\n    vendors_by_pk(id: $vendorId) {\n      ...AccountVendor\n    }\n  }\n": types.NotificationsDocument,
    "\n  query Profile($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...ProfileVendor\n      ...AccountVendor\n    }\n  }\n": types.ProfileDocument,
    "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    email\n    locations(order_by: [{ created_at: desc }, { id: desc }], limit: 3) {\n      ...Location\n    }\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n": types.DashboardVendorFragmentDoc,
    "\n  query Dashboard($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n    tier_review_time {\n      median_hours\n    }\n  }\n": types.DashboardDocument,
    "\n  subscription DashboardLive($vendorId: uuid!, $limit: Int!, $offset: Int!) {\n    vendors_by_pk(id: $vendorId) {\n      ...DashboardVendor\n    }\n  }\n": types.DashboardLiveDocument,
    "\n  subscription FeatureLive {\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": types.FeatureLiveDocument,
    "\n  fragment LocationsVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations(order_by: [{ name: asc }, { id: asc }]) {\n      ...Location\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n    }\n  }\n": types.LocationsVendorFragmentDoc,
    "\n  query Locations($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n": types.LocationsDocument,
    "\n  subscription LocationsLive($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n  }\n": types.LocationsLiveDocument,
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
export function graphql(source: "\n  fragment Location on vendor_locations {\n    id\n    name\n    address\n    city\n    country\n  }\n"): (typeof documents)["\n  fragment Location on vendor_locations {\n    id\n    name\n    address\n    city\n    country\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddLocation($location: vendor_locations_insert_input!) {\n    insert_vendor_locations_one(object: $location) {\n      ...Location\n    }\n  }\n"): (typeof documents)["\n  mutation AddLocation($location: vendor_locations_insert_input!) {\n    insert_vendor_locations_one(object: $location) {\n      ...Location\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditLocation($id: uuid!, $changes: vendor_locations_set_input!) {\n    update_vendor_locations_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...Location\n    }\n  }\n"): (typeof documents)["\n  mutation EditLocation($id: uuid!, $changes: vendor_locations_set_input!) {\n    update_vendor_locations_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...Location\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveLocation($id: uuid!) {\n    delete_vendor_locations_by_pk(id: $id) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveLocation($id: uuid!) {\n    delete_vendor_locations_by_pk(id: $id) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestLocation {\n    vendor_locations(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...Location\n    }\n  }\n"): (typeof documents)["\n  query NewestLocation {\n    vendor_locations(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...Location\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LatestNotifications($limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n  }\n"): (typeof documents)["\n  subscription LatestNotifications($limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription UnreadNotifications {\n    notifications_aggregate(where: { read_at: { _is_null: true }, done_at: { _is_null: true } }) {\n      aggregate {\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  subscription UnreadNotifications {\n    notifications_aggregate(where: { read_at: { _is_null: true }, done_at: { _is_null: true } }) {\n      aggregate {\n        count\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Notification on notifications {\n    id\n    kind\n    title\n    body\n    read_at\n    done_at\n    created_at\n    request {\n      id\n      target_tier\n    }\n  }\n"): (typeof documents)["\n  fragment Notification on notifications {\n    id\n    kind\n    title\n    body\n    read_at\n    done_at\n    created_at\n    request {\n      id\n      target_tier\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation MarkNotificationsRead($which: notifications_bool_exp!) {\n    update_notifications(where: { _and: [{ read_at: { _is_null: true } }, $which] }, _set: { read_at: \"now()\" }) {\n      returning {\n        id\n        read_at\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation MarkNotificationsRead($which: notifications_bool_exp!) {\n    update_notifications(where: { _and: [{ read_at: { _is_null: true } }, $which] }, _set: { read_at: \"now()\" }) {\n      returning {\n        id\n        read_at\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProfileVendor on vendors {\n    id\n    name\n    slug\n    email\n    tier\n    created_at\n  }\n"): (typeof documents)["\n  fragment ProfileVendor on vendors {\n    id\n    name\n    slug\n    email\n    tier\n    created_at\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveProfile($id: uuid!, $changes: vendors_set_input!) {\n    update_vendors_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...ProfileVendor\n    }\n  }\n"): (typeof documents)["\n  mutation SaveProfile($id: uuid!, $changes: vendors_set_input!) {\n    update_vendors_by_pk(pk_columns: { id: $id }, _set: $changes) {\n      ...ProfileVendor\n    }\n  }\n"];
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
export function graphql(source: "\n  query EarlierRequest($id: uuid!) {\n    tier_upgrade_requests_by_pk(id: $id) {\n      ...UpgradeRequest\n    }\n  }\n"): (typeof documents)["\n  query EarlierRequest($id: uuid!) {\n    tier_upgrade_requests_by_pk(id: $id) {\n      ...UpgradeRequest\n    }\n  }\n"];
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
export function graphql(source: "\n  query Notifications($vendorId: uuid!, $limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n    notifications_aggregate {\n      aggregate {\n        count\n      }\n    }\n    vendors_by_pk(id: $vendorId) {\n      ...AccountVendor\n    }\n  }\n"): (typeof documents)["\n  query Notifications($vendorId: uuid!, $limit: Int!) {\n    notifications(order_by: [{ created_at: desc }, { id: desc }], limit: $limit) {\n      ...Notification\n    }\n    notifications_aggregate {\n      aggregate {\n        count\n      }\n    }\n    vendors_by_pk(id: $vendorId) {\n      ...AccountVendor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Profile($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...ProfileVendor\n      ...AccountVendor\n    }\n  }\n"): (typeof documents)["\n  query Profile($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...ProfileVendor\n      ...AccountVendor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    email\n    locations(order_by: [{ created_at: desc }, { id: desc }], limit: 3) {\n      ...Location\n    }\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment DashboardVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    email\n    locations(order_by: [{ created_at: desc }, { id: desc }], limit: 3) {\n      ...Location\n    }\n    locations_aggregate {\n      aggregate {\n        count\n      }\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      ...UpgradeRequest\n    }\n    requests(order_by: [{ created_at: desc }, { id: desc }], limit: $limit, offset: $offset) {\n      ...UpgradeRequest\n    }\n    requests_aggregate {\n      aggregate {\n        count\n      }\n    }\n  }\n"];
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
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LocationsVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations(order_by: [{ name: asc }, { id: asc }]) {\n      ...Location\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n    }\n  }\n"): (typeof documents)["\n  fragment LocationsVendor on vendors {\n    id\n    tier\n    ...AccountVendor\n    locations(order_by: [{ name: asc }, { id: asc }]) {\n      ...Location\n    }\n    newest: requests(order_by: [{ created_at: desc }, { id: desc }], limit: 1) {\n      id\n      status\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Locations($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n"): (typeof documents)["\n  query Locations($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n    feature_flags(where: { key: { _eq: \"tier_upgrade_requests\" } }) {\n      key\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription LocationsLive($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n  }\n"): (typeof documents)["\n  subscription LocationsLive($vendorId: uuid!) {\n    vendors_by_pk(id: $vendorId) {\n      ...LocationsVendor\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;