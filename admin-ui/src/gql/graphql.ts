/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Boolean expression to compare columns of type "Boolean". All fields are combined with logical 'AND'. */
export type Boolean_Comparison_Exp = {
  _eq?: boolean | null | undefined;
  _gt?: boolean | null | undefined;
  _gte?: boolean | null | undefined;
  _in?: Array<boolean> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: boolean | null | undefined;
  _lte?: boolean | null | undefined;
  _neq?: boolean | null | undefined;
  _nin?: Array<boolean> | null | undefined;
};

export type FeatureAudience =
  | 'all'
  | 'beta'
  | 'none';

/** Boolean expression to compare columns of type "Int". All fields are combined with logical 'AND'. */
export type Int_Comparison_Exp = {
  _eq?: number | null | undefined;
  _gt?: number | null | undefined;
  _gte?: number | null | undefined;
  _in?: Array<number> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: number | null | undefined;
  _lte?: number | null | undefined;
  _neq?: number | null | undefined;
  _nin?: Array<number> | null | undefined;
};

/** Boolean expression to compare columns of type "String". All fields are combined with logical 'AND'. */
export type String_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  /** does the column match the given case-insensitive pattern */
  _ilike?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  /** does the column match the given POSIX regular expression, case insensitive */
  _iregex?: string | null | undefined;
  _is_null?: boolean | null | undefined;
  /** does the column match the given pattern */
  _like?: string | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  /** does the column NOT match the given case-insensitive pattern */
  _nilike?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
  /** does the column NOT match the given POSIX regular expression, case insensitive */
  _niregex?: string | null | undefined;
  /** does the column NOT match the given pattern */
  _nlike?: string | null | undefined;
  /** does the column NOT match the given POSIX regular expression, case sensitive */
  _nregex?: string | null | undefined;
  /** does the column NOT match the given SQL regular expression */
  _nsimilar?: string | null | undefined;
  /** does the column match the given POSIX regular expression, case sensitive */
  _regex?: string | null | undefined;
  /** does the column match the given SQL regular expression */
  _similar?: string | null | undefined;
};

/** Boolean expression to compare columns of type "bigint". All fields are combined with logical 'AND'. */
export type Bigint_Comparison_Exp = {
  _eq?: number | null | undefined;
  _gt?: number | null | undefined;
  _gte?: number | null | undefined;
  _in?: Array<number> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: number | null | undefined;
  _lte?: number | null | undefined;
  _neq?: number | null | undefined;
  _nin?: Array<number> | null | undefined;
};

export type Jsonb_Cast_Exp = {
  String?: String_Comparison_Exp | null | undefined;
};

/** Boolean expression to compare columns of type "jsonb". All fields are combined with logical 'AND'. */
export type Jsonb_Comparison_Exp = {
  _cast?: Jsonb_Cast_Exp | null | undefined;
  /** is the column contained in the given json value */
  _contained_in?: unknown;
  /** does the column contain the given json value at the top level */
  _contains?: unknown;
  _eq?: unknown;
  _gt?: unknown;
  _gte?: unknown;
  /** does the string exist as a top-level key in the column */
  _has_key?: string | null | undefined;
  /** do all of these strings exist as top-level keys in the column */
  _has_keys_all?: Array<string> | null | undefined;
  /** do any of these strings exist as top-level keys in the column */
  _has_keys_any?: Array<string> | null | undefined;
  _in?: Array<unknown> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: unknown;
  _lte?: unknown;
  _neq?: unknown;
  _nin?: Array<unknown> | null | undefined;
};

/** Boolean expression to filter rows from the table "notifications". All fields are combined with a logical 'AND'. */
export type Notifications_Bool_Exp = {
  _and?: Array<Notifications_Bool_Exp> | null | undefined;
  _not?: Notifications_Bool_Exp | null | undefined;
  _or?: Array<Notifications_Bool_Exp> | null | undefined;
  body?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  dedupe_key?: String_Comparison_Exp | null | undefined;
  done_at?: Timestamptz_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  read_at?: Timestamptz_Comparison_Exp | null | undefined;
  request?: Tier_Upgrade_Requests_Bool_Exp | null | undefined;
  request_id?: Uuid_Comparison_Exp | null | undefined;
  title?: String_Comparison_Exp | null | undefined;
  user?: Users_Bool_Exp | null | undefined;
  user_id?: Uuid_Comparison_Exp | null | undefined;
};

/** column ordering options */
export type Order_By =
  /** in ascending order, nulls last */
  | 'asc'
  /** in ascending order, nulls first */
  | 'asc_nulls_first'
  /** in ascending order, nulls last */
  | 'asc_nulls_last'
  /** in descending order, nulls first */
  | 'desc'
  /** in descending order, nulls first */
  | 'desc_nulls_first'
  /** in descending order, nulls last */
  | 'desc_nulls_last';

export type Tier_Upgrade_Request_Events_Aggregate_Bool_Exp = {
  count?: Tier_Upgrade_Request_Events_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Tier_Upgrade_Request_Events_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Tier_Upgrade_Request_Events_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Tier_Upgrade_Request_Events_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** order by aggregate values of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Aggregate_Order_By = {
  avg?: Tier_Upgrade_Request_Events_Avg_Order_By | null | undefined;
  count?: Order_By | null | undefined;
  max?: Tier_Upgrade_Request_Events_Max_Order_By | null | undefined;
  min?: Tier_Upgrade_Request_Events_Min_Order_By | null | undefined;
  stddev?: Tier_Upgrade_Request_Events_Stddev_Order_By | null | undefined;
  stddev_pop?: Tier_Upgrade_Request_Events_Stddev_Pop_Order_By | null | undefined;
  stddev_samp?: Tier_Upgrade_Request_Events_Stddev_Samp_Order_By | null | undefined;
  sum?: Tier_Upgrade_Request_Events_Sum_Order_By | null | undefined;
  var_pop?: Tier_Upgrade_Request_Events_Var_Pop_Order_By | null | undefined;
  var_samp?: Tier_Upgrade_Request_Events_Var_Samp_Order_By | null | undefined;
  variance?: Tier_Upgrade_Request_Events_Variance_Order_By | null | undefined;
};

/** order by avg() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Avg_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** Boolean expression to filter rows from the table "tier_upgrade_request_events". All fields are combined with a logical 'AND'. */
export type Tier_Upgrade_Request_Events_Bool_Exp = {
  _and?: Array<Tier_Upgrade_Request_Events_Bool_Exp> | null | undefined;
  _not?: Tier_Upgrade_Request_Events_Bool_Exp | null | undefined;
  _or?: Array<Tier_Upgrade_Request_Events_Bool_Exp> | null | undefined;
  actor?: Users_Bool_Exp | null | undefined;
  actor_id?: Uuid_Comparison_Exp | null | undefined;
  actor_role?: String_Comparison_Exp | null | undefined;
  at?: Timestamptz_Comparison_Exp | null | undefined;
  from_status?: String_Comparison_Exp | null | undefined;
  from_tier?: Int_Comparison_Exp | null | undefined;
  id?: Bigint_Comparison_Exp | null | undefined;
  internal_note?: String_Comparison_Exp | null | undefined;
  kind?: String_Comparison_Exp | null | undefined;
  note?: String_Comparison_Exp | null | undefined;
  request?: Tier_Upgrade_Requests_Bool_Exp | null | undefined;
  request_id?: Uuid_Comparison_Exp | null | undefined;
  to_status?: String_Comparison_Exp | null | undefined;
  to_tier?: Int_Comparison_Exp | null | undefined;
  vendor?: Vendors_Bool_Exp | null | undefined;
  vendor_id?: Uuid_Comparison_Exp | null | undefined;
};

/** order by max() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Max_Order_By = {
  actor_id?: Order_By | null | undefined;
  actor_role?: Order_By | null | undefined;
  at?: Order_By | null | undefined;
  from_status?: Order_By | null | undefined;
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  internal_note?: Order_By | null | undefined;
  kind?: Order_By | null | undefined;
  note?: Order_By | null | undefined;
  request_id?: Order_By | null | undefined;
  to_status?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** order by min() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Min_Order_By = {
  actor_id?: Order_By | null | undefined;
  actor_role?: Order_By | null | undefined;
  at?: Order_By | null | undefined;
  from_status?: Order_By | null | undefined;
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  internal_note?: Order_By | null | undefined;
  kind?: Order_By | null | undefined;
  note?: Order_By | null | undefined;
  request_id?: Order_By | null | undefined;
  to_status?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** select columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Select_Column =
  /** column name */
  | 'actor_id'
  /** column name */
  | 'actor_role'
  /** column name */
  | 'at'
  /** column name */
  | 'from_status'
  /** column name */
  | 'from_tier'
  /** column name */
  | 'id'
  /** column name */
  | 'internal_note'
  /** column name */
  | 'kind'
  /** column name */
  | 'note'
  /** column name */
  | 'request_id'
  /** column name */
  | 'to_status'
  /** column name */
  | 'to_tier'
  /** column name */
  | 'vendor_id';

/** order by stddev() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Stddev_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by stddev_pop() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Stddev_Pop_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by stddev_samp() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Stddev_Samp_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by sum() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Sum_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by var_pop() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Var_Pop_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by var_samp() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Var_Samp_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

/** order by variance() on columns of table "tier_upgrade_request_events" */
export type Tier_Upgrade_Request_Events_Variance_Order_By = {
  from_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  to_tier?: Order_By | null | undefined;
};

export type Tier_Upgrade_Requests_Aggregate_Bool_Exp = {
  count?: Tier_Upgrade_Requests_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Tier_Upgrade_Requests_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Tier_Upgrade_Requests_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Tier_Upgrade_Requests_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** order by aggregate values of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Aggregate_Order_By = {
  avg?: Tier_Upgrade_Requests_Avg_Order_By | null | undefined;
  count?: Order_By | null | undefined;
  max?: Tier_Upgrade_Requests_Max_Order_By | null | undefined;
  min?: Tier_Upgrade_Requests_Min_Order_By | null | undefined;
  stddev?: Tier_Upgrade_Requests_Stddev_Order_By | null | undefined;
  stddev_pop?: Tier_Upgrade_Requests_Stddev_Pop_Order_By | null | undefined;
  stddev_samp?: Tier_Upgrade_Requests_Stddev_Samp_Order_By | null | undefined;
  sum?: Tier_Upgrade_Requests_Sum_Order_By | null | undefined;
  var_pop?: Tier_Upgrade_Requests_Var_Pop_Order_By | null | undefined;
  var_samp?: Tier_Upgrade_Requests_Var_Samp_Order_By | null | undefined;
  variance?: Tier_Upgrade_Requests_Variance_Order_By | null | undefined;
};

/** order by avg() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Avg_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** Boolean expression to filter rows from the table "tier_upgrade_requests". All fields are combined with a logical 'AND'. */
export type Tier_Upgrade_Requests_Bool_Exp = {
  _and?: Array<Tier_Upgrade_Requests_Bool_Exp> | null | undefined;
  _not?: Tier_Upgrade_Requests_Bool_Exp | null | undefined;
  _or?: Array<Tier_Upgrade_Requests_Bool_Exp> | null | undefined;
  admin_notes?: String_Comparison_Exp | null | undefined;
  business_justification?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  current_tier?: Int_Comparison_Exp | null | undefined;
  events?: Tier_Upgrade_Request_Events_Bool_Exp | null | undefined;
  events_aggregate?: Tier_Upgrade_Request_Events_Aggregate_Bool_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  rejection_reason?: String_Comparison_Exp | null | undefined;
  reviewed_at?: Timestamptz_Comparison_Exp | null | undefined;
  reviewed_by?: Uuid_Comparison_Exp | null | undefined;
  reviewer?: Users_Bool_Exp | null | undefined;
  search_text?: String_Comparison_Exp | null | undefined;
  status?: String_Comparison_Exp | null | undefined;
  target_tier?: Int_Comparison_Exp | null | undefined;
  updated_at?: Timestamptz_Comparison_Exp | null | undefined;
  user?: Users_Bool_Exp | null | undefined;
  user_id?: Uuid_Comparison_Exp | null | undefined;
  vendor?: Vendors_Bool_Exp | null | undefined;
  vendor_id?: Uuid_Comparison_Exp | null | undefined;
};

/** order by max() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Max_Order_By = {
  admin_notes?: Order_By | null | undefined;
  business_justification?: Order_By | null | undefined;
  created_at?: Order_By | null | undefined;
  current_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  rejection_reason?: Order_By | null | undefined;
  reviewed_at?: Order_By | null | undefined;
  reviewed_by?: Order_By | null | undefined;
  status?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
  updated_at?: Order_By | null | undefined;
  user_id?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** order by min() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Min_Order_By = {
  admin_notes?: Order_By | null | undefined;
  business_justification?: Order_By | null | undefined;
  created_at?: Order_By | null | undefined;
  current_tier?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  rejection_reason?: Order_By | null | undefined;
  reviewed_at?: Order_By | null | undefined;
  reviewed_by?: Order_By | null | undefined;
  status?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
  updated_at?: Order_By | null | undefined;
  user_id?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** Ordering options when selecting data from "tier_upgrade_requests". */
export type Tier_Upgrade_Requests_Order_By = {
  admin_notes?: Order_By | null | undefined;
  business_justification?: Order_By | null | undefined;
  created_at?: Order_By | null | undefined;
  current_tier?: Order_By | null | undefined;
  events_aggregate?: Tier_Upgrade_Request_Events_Aggregate_Order_By | null | undefined;
  id?: Order_By | null | undefined;
  rejection_reason?: Order_By | null | undefined;
  reviewed_at?: Order_By | null | undefined;
  reviewed_by?: Order_By | null | undefined;
  reviewer?: Users_Order_By | null | undefined;
  search_text?: Order_By | null | undefined;
  status?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
  updated_at?: Order_By | null | undefined;
  user?: Users_Order_By | null | undefined;
  user_id?: Order_By | null | undefined;
  vendor?: Vendors_Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** select columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Select_Column =
  /** column name */
  | 'admin_notes'
  /** column name */
  | 'business_justification'
  /** column name */
  | 'created_at'
  /** column name */
  | 'current_tier'
  /** column name */
  | 'id'
  /** column name */
  | 'rejection_reason'
  /** column name */
  | 'reviewed_at'
  /** column name */
  | 'reviewed_by'
  /** column name */
  | 'status'
  /** column name */
  | 'target_tier'
  /** column name */
  | 'updated_at'
  /** column name */
  | 'user_id'
  /** column name */
  | 'vendor_id';

/** order by stddev() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Stddev_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by stddev_pop() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Stddev_Pop_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by stddev_samp() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Stddev_Samp_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by sum() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Sum_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by var_pop() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Var_Pop_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by var_samp() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Var_Samp_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** order by variance() on columns of table "tier_upgrade_requests" */
export type Tier_Upgrade_Requests_Variance_Order_By = {
  current_tier?: Order_By | null | undefined;
  target_tier?: Order_By | null | undefined;
};

/** Boolean expression to filter rows from the table "tiers". All fields are combined with a logical 'AND'. */
export type Tiers_Bool_Exp = {
  _and?: Array<Tiers_Bool_Exp> | null | undefined;
  _not?: Tiers_Bool_Exp | null | undefined;
  _or?: Array<Tiers_Bool_Exp> | null | undefined;
  badge_color?: String_Comparison_Exp | null | undefined;
  features?: Jsonb_Comparison_Exp | null | undefined;
  level?: Int_Comparison_Exp | null | undefined;
  max_locations?: Int_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
};

/** Ordering options when selecting data from "tiers". */
export type Tiers_Order_By = {
  badge_color?: Order_By | null | undefined;
  features?: Order_By | null | undefined;
  level?: Order_By | null | undefined;
  max_locations?: Order_By | null | undefined;
  name?: Order_By | null | undefined;
};

/** Boolean expression to compare columns of type "timestamptz". All fields are combined with logical 'AND'. */
export type Timestamptz_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
};

export type Users_Aggregate_Bool_Exp = {
  count?: Users_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Users_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Users_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Users_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** order by aggregate values of table "users" */
export type Users_Aggregate_Order_By = {
  count?: Order_By | null | undefined;
  max?: Users_Max_Order_By | null | undefined;
  min?: Users_Min_Order_By | null | undefined;
};

/** Boolean expression to filter rows from the table "users". All fields are combined with a logical 'AND'. */
export type Users_Bool_Exp = {
  _and?: Array<Users_Bool_Exp> | null | undefined;
  _not?: Users_Bool_Exp | null | undefined;
  _or?: Array<Users_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  disabled_at?: Timestamptz_Comparison_Exp | null | undefined;
  email?: String_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  role?: String_Comparison_Exp | null | undefined;
  vendor?: Vendors_Bool_Exp | null | undefined;
  vendor_id?: Uuid_Comparison_Exp | null | undefined;
};

/** order by max() on columns of table "users" */
export type Users_Max_Order_By = {
  created_at?: Order_By | null | undefined;
  disabled_at?: Order_By | null | undefined;
  email?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  role?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** order by min() on columns of table "users" */
export type Users_Min_Order_By = {
  created_at?: Order_By | null | undefined;
  disabled_at?: Order_By | null | undefined;
  email?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  role?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** Ordering options when selecting data from "users". */
export type Users_Order_By = {
  created_at?: Order_By | null | undefined;
  disabled_at?: Order_By | null | undefined;
  email?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  role?: Order_By | null | undefined;
  vendor?: Vendors_Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** select columns of table "users" */
export type Users_Select_Column =
  /** column name */
  | 'created_at'
  /** column name */
  | 'disabled_at'
  /** column name */
  | 'email'
  /** column name */
  | 'id'
  /** column name */
  | 'role'
  /** column name */
  | 'vendor_id';

/** Boolean expression to compare columns of type "uuid". All fields are combined with logical 'AND'. */
export type Uuid_Comparison_Exp = {
  _eq?: string | null | undefined;
  _gt?: string | null | undefined;
  _gte?: string | null | undefined;
  _in?: Array<string> | null | undefined;
  _is_null?: boolean | null | undefined;
  _lt?: string | null | undefined;
  _lte?: string | null | undefined;
  _neq?: string | null | undefined;
  _nin?: Array<string> | null | undefined;
};

export type Vendor_Locations_Aggregate_Bool_Exp = {
  count?: Vendor_Locations_Aggregate_Bool_Exp_Count | null | undefined;
};

export type Vendor_Locations_Aggregate_Bool_Exp_Count = {
  arguments?: Array<Vendor_Locations_Select_Column> | null | undefined;
  distinct?: boolean | null | undefined;
  filter?: Vendor_Locations_Bool_Exp | null | undefined;
  predicate: Int_Comparison_Exp;
};

/** order by aggregate values of table "vendor_locations" */
export type Vendor_Locations_Aggregate_Order_By = {
  count?: Order_By | null | undefined;
  max?: Vendor_Locations_Max_Order_By | null | undefined;
  min?: Vendor_Locations_Min_Order_By | null | undefined;
};

/** Boolean expression to filter rows from the table "vendor_locations". All fields are combined with a logical 'AND'. */
export type Vendor_Locations_Bool_Exp = {
  _and?: Array<Vendor_Locations_Bool_Exp> | null | undefined;
  _not?: Vendor_Locations_Bool_Exp | null | undefined;
  _or?: Array<Vendor_Locations_Bool_Exp> | null | undefined;
  address?: String_Comparison_Exp | null | undefined;
  city?: String_Comparison_Exp | null | undefined;
  country?: String_Comparison_Exp | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  vendor?: Vendors_Bool_Exp | null | undefined;
  vendor_id?: Uuid_Comparison_Exp | null | undefined;
};

/** order by max() on columns of table "vendor_locations" */
export type Vendor_Locations_Max_Order_By = {
  address?: Order_By | null | undefined;
  city?: Order_By | null | undefined;
  country?: Order_By | null | undefined;
  created_at?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  name?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** order by min() on columns of table "vendor_locations" */
export type Vendor_Locations_Min_Order_By = {
  address?: Order_By | null | undefined;
  city?: Order_By | null | undefined;
  country?: Order_By | null | undefined;
  created_at?: Order_By | null | undefined;
  id?: Order_By | null | undefined;
  name?: Order_By | null | undefined;
  vendor_id?: Order_By | null | undefined;
};

/** select columns of table "vendor_locations" */
export type Vendor_Locations_Select_Column =
  /** column name */
  | 'address'
  /** column name */
  | 'city'
  /** column name */
  | 'country'
  /** column name */
  | 'created_at'
  /** column name */
  | 'id'
  /** column name */
  | 'name'
  /** column name */
  | 'vendor_id';

/** Boolean expression to filter rows from the table "vendors". All fields are combined with a logical 'AND'. */
export type Vendors_Bool_Exp = {
  _and?: Array<Vendors_Bool_Exp> | null | undefined;
  _not?: Vendors_Bool_Exp | null | undefined;
  _or?: Array<Vendors_Bool_Exp> | null | undefined;
  created_at?: Timestamptz_Comparison_Exp | null | undefined;
  email?: String_Comparison_Exp | null | undefined;
  events?: Tier_Upgrade_Request_Events_Bool_Exp | null | undefined;
  events_aggregate?: Tier_Upgrade_Request_Events_Aggregate_Bool_Exp | null | undefined;
  id?: Uuid_Comparison_Exp | null | undefined;
  is_beta?: Boolean_Comparison_Exp | null | undefined;
  locations?: Vendor_Locations_Bool_Exp | null | undefined;
  locations_aggregate?: Vendor_Locations_Aggregate_Bool_Exp | null | undefined;
  name?: String_Comparison_Exp | null | undefined;
  requests?: Tier_Upgrade_Requests_Bool_Exp | null | undefined;
  requests_aggregate?: Tier_Upgrade_Requests_Aggregate_Bool_Exp | null | undefined;
  search_name?: String_Comparison_Exp | null | undefined;
  slug?: String_Comparison_Exp | null | undefined;
  tier?: Int_Comparison_Exp | null | undefined;
  tier_info?: Tiers_Bool_Exp | null | undefined;
  updated_at?: Timestamptz_Comparison_Exp | null | undefined;
  users?: Users_Bool_Exp | null | undefined;
  users_aggregate?: Users_Aggregate_Bool_Exp | null | undefined;
};

/** Ordering options when selecting data from "vendors". */
export type Vendors_Order_By = {
  created_at?: Order_By | null | undefined;
  email?: Order_By | null | undefined;
  events_aggregate?: Tier_Upgrade_Request_Events_Aggregate_Order_By | null | undefined;
  id?: Order_By | null | undefined;
  is_beta?: Order_By | null | undefined;
  locations_aggregate?: Vendor_Locations_Aggregate_Order_By | null | undefined;
  name?: Order_By | null | undefined;
  requests_aggregate?: Tier_Upgrade_Requests_Aggregate_Order_By | null | undefined;
  search_name?: Order_By | null | undefined;
  slug?: Order_By | null | undefined;
  tier?: Order_By | null | undefined;
  tier_info?: Tiers_Order_By | null | undefined;
  updated_at?: Order_By | null | undefined;
  users_aggregate?: Users_Aggregate_Order_By | null | undefined;
};

export type TimelineLineFragment = { id: number, at: string, kind: string, actor_id: string | null, actor_role: string, vendor_id: string | null, request_id: string | null, from_tier: number | null, to_tier: number | null, note: string | null, internal_note: string | null, actor: { email: string } | null, vendor: { name: string } | null, request: { target_tier: number } | null };

export type AuditTimelineQueryVariables = Exact<{
  where: Tier_Upgrade_Request_Events_Bool_Exp;
  limit: number;
}>;


export type AuditTimelineQuery = { tier_upgrade_request_events: Array<{ id: number, at: string, kind: string, actor_id: string | null, actor_role: string, vendor_id: string | null, request_id: string | null, from_tier: number | null, to_tier: number | null, note: string | null, internal_note: string | null, actor: { email: string } | null, vendor: { name: string } | null, request: { target_tier: number } | null }> };

export type RetryEmailDeliveryMutationVariables = Exact<{
  deliveryId: string;
}>;


export type RetryEmailDeliveryMutation = { retryEmailDelivery: { message: string } };

export type FiguresQueryVariables = Exact<{
  since: string;
}>;


export type FiguresQuery = { tier_upgrade_stats: Array<{ pending_count: number | null, oldest_pending_at: string | null, approval_rate_30d: number | null, median_review_hours: number | null, p90_review_hours: number | null }>, tier_upgrade_daily: Array<{ day: string | null, status: string | null, count: number | null }>, oldest: Array<{ id: string, vendor: { name: string } }>, vendors_1: { aggregate: { count: number } | null }, vendors_2: { aggregate: { count: number } | null }, vendors_3: { aggregate: { count: number } | null }, vendors_4: { aggregate: { count: number } | null }, pending_2: { aggregate: { count: number } | null }, pending_3: { aggregate: { count: number } | null }, pending_4: { aggregate: { count: number } | null } };

export type CountOfVendorsFragment = { aggregate: { count: number } | null };

export type CountOfRequestsFragment = { aggregate: { count: number } | null };

export type FeatureFlagsQueryVariables = Exact<{ [key: string]: never; }>;


export type FeatureFlagsQuery = { feature_flags: Array<{ key: string, audience: string }>, all: { aggregate: { count: number } | null }, beta: { aggregate: { count: number } | null } };

export type SetFeatureFlagMutationVariables = Exact<{
  key: string;
  audience: FeatureAudience;
}>;


export type SetFeatureFlagMutation = { setFeatureFlag: { message: string } };

export type NewestEventsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type NewestEventsSubscription = { tier_upgrade_request_events: Array<{ id: number, kind: string, request_id: string | null, actor_id: string | null, actor: { email: string } | null, vendor: { name: string } | null }> };

export type MyNotificationsQueryVariables = Exact<{
  where: Notifications_Bool_Exp;
  limit: number;
}>;


export type MyNotificationsQuery = { notifications: Array<{ id: string, kind: string, title: string, body: string, request_id: string | null, read_at: string | null, done_at: string | null, created_at: string, request: { target_tier: number, vendor: { name: string } } | null }> };

export type UnreadNotificationsSubscriptionVariables = Exact<{
  userId: string;
}>;


export type UnreadNotificationsSubscription = { notifications_aggregate: { aggregate: { count: number } | null } };

export type MarkNotificationsReadMutationVariables = Exact<{
  where: Notifications_Bool_Exp;
  at: string;
}>;


export type MarkNotificationsReadMutation = { update_notifications: { affected_rows: number } | null };

export type ApproveRequestMutationVariables = Exact<{
  requestId: string;
  adminNotes?: string | null | undefined;
}>;


export type ApproveRequestMutation = { approveTierUpgradeRequest: { message: string, requestId: string } };

export type RejectRequestMutationVariables = Exact<{
  requestId: string;
  rejectionReason: string;
  adminNotes?: string | null | undefined;
}>;


export type RejectRequestMutation = { rejectTierUpgradeRequest: { message: string, requestId: string } };

export type BulkApproveRequestsMutationVariables = Exact<{
  requestIds: Array<string> | string;
  adminNotes?: string | null | undefined;
}>;


export type BulkApproveRequestsMutation = { bulkApproveTierUpgradeRequests: { results: Array<{ requestId: string, success: boolean, code: string | null, message: string | null }> } };

export type BulkRejectRequestsMutationVariables = Exact<{
  requestIds: Array<string> | string;
  rejectionReason: string;
  adminNotes?: string | null | undefined;
}>;


export type BulkRejectRequestsMutation = { bulkRejectTierUpgradeRequests: { results: Array<{ requestId: string, success: boolean, code: string | null, message: string | null }> } };

export type RequestStatesQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type RequestStatesQuery = { tier_upgrade_requests: Array<{ id: string, status: string, reviewed_at: string | null, updated_at: string, reviewer: { id: string, email: string } | null }> };

export type QueuePageQueryVariables = Exact<{
  where: Tier_Upgrade_Requests_Bool_Exp;
  orderBy: Array<Tier_Upgrade_Requests_Order_By> | Tier_Upgrade_Requests_Order_By;
  limit: number;
  offset: number;
  filter: Tier_Upgrade_Requests_Bool_Exp;
  isNarrowed: boolean;
  countTo: number;
}>;


export type QueuePageQuery = { tier_upgrade_requests: Array<{ id: string, vendor_id: string, user_id: string | null, current_tier: number, target_tier: number, business_justification: string, status: string, reviewed_by: string | null, reviewed_at: string | null, rejection_reason: string | null, admin_notes: string | null, created_at: string, updated_at: string, vendor: { id: string, name: string, tier: number }, reviewer: { id: string, email: string } | null }>, pending?: { aggregate: { count: number } | null }, approved?: { aggregate: { count: number } | null }, rejected?: { aggregate: { count: number } | null }, cancelled?: { aggregate: { count: number } | null } };

export type RequestPageQueryVariables = Exact<{
  id: string;
}>;


export type RequestPageQuery = { tier_upgrade_requests_by_pk: { id: string, vendor_id: string, user_id: string | null, current_tier: number, target_tier: number, business_justification: string, status: string, reviewed_by: string | null, reviewed_at: string | null, rejection_reason: string | null, admin_notes: string | null, created_at: string, updated_at: string, vendor: { id: string, name: string, slug: string, email: string, tier: number, is_beta: boolean, created_at: string, locations: Array<{ id: string, name: string, city: string, country: string }>, locations_aggregate: { aggregate: { count: number } | null }, requests: Array<{ id: string, current_tier: number, target_tier: number, status: string, created_at: string, reviewed_at: string | null, rejection_reason: string | null }> }, user: { id: string, email: string } | null, reviewer: { id: string, email: string } | null, events: Array<{ id: number, at: string, kind: string, actor_id: string | null, actor_role: string, from_tier: number | null, to_tier: number | null, note: string | null, internal_note: string | null, actor: { id: string, email: string } | null }> } | null };

export type QueueNeighboursQueryVariables = Exact<{
  before: Tier_Upgrade_Requests_Bool_Exp;
  backwards: Array<Tier_Upgrade_Requests_Order_By> | Tier_Upgrade_Requests_Order_By;
  after: Tier_Upgrade_Requests_Bool_Exp;
  forwards: Array<Tier_Upgrade_Requests_Order_By> | Tier_Upgrade_Requests_Order_By;
}>;


export type QueueNeighboursQuery = { before: Array<{ id: string }>, after: Array<{ id: string }> };

export type QueueOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type QueueOverviewQuery = { tiers: Array<{ level: number, name: string, max_locations: number | null, features: unknown }>, next: Array<{ id: string }>, newestEvent: Array<{ id: number }>, submitted: { aggregate: { sum: { count: number | null } | null } | null }, approved: { aggregate: { sum: { count: number | null } | null } | null }, rejected: { aggregate: { sum: { count: number | null } | null } | null }, cancelled: { aggregate: { sum: { count: number | null } | null } | null } };

export type VendorChoicesQueryVariables = Exact<{
  where: Vendors_Bool_Exp;
}>;


export type VendorChoicesQuery = { vendors: Array<{ id: string, name: string, email: string }> };

export type VendorsNamedQueryVariables = Exact<{
  where: Vendors_Bool_Exp;
  limit: number;
}>;


export type VendorsNamedQuery = { vendors: Array<{ id: string }> };

export type UserPageQueryVariables = Exact<{
  id: string;
}>;


export type UserPageQuery = { user: Array<{ id: string, email: string, role: string, disabled_at: string | null, created_at: string, vendor: { id: string, name: string, tier: number } | null }>, did: Array<{ id: number, at: string, kind: string, actor_id: string | null, actor_role: string, vendor_id: string | null, request_id: string | null, from_tier: number | null, to_tier: number | null, note: string | null, internal_note: string | null, actor: { email: string } | null, vendor: { name: string } | null, request: { target_tier: number } | null }> };

export type SetUserDisabledMutationVariables = Exact<{
  userId: string;
  disabled: boolean;
}>;


export type SetUserDisabledMutation = { setUserDisabled: { message: string } };

export type VendorPageQueryVariables = Exact<{
  id: string;
}>;


export type VendorPageQuery = { vendor: Array<{ id: string, name: string, slug: string, email: string, tier: number, is_beta: boolean, created_at: string, updated_at: string, locations: Array<{ id: string, name: string, address: string, city: string, country: string }>, locations_aggregate: { aggregate: { count: number } | null }, requests: Array<{ id: string, current_tier: number, target_tier: number, status: string, created_at: string, reviewed_at: string | null }>, requests_aggregate: { aggregate: { count: number } | null }, users: Array<{ id: string, email: string, disabled_at: string | null }>, events: Array<{ id: number, at: string, kind: string, actor_id: string | null, actor_role: string, vendor_id: string | null, request_id: string | null, from_tier: number | null, to_tier: number | null, note: string | null, internal_note: string | null, actor: { email: string } | null, vendor: { name: string } | null, request: { target_tier: number } | null }> }> };

export type UpdateVendorTierMutationVariables = Exact<{
  vendorId: string;
  tier: number;
  reason?: string | null | undefined;
}>;


export type UpdateVendorTierMutation = { updateVendorTier: { message: string } };

export type SetVendorBetaMutationVariables = Exact<{
  vendorId: string;
  isBeta: boolean;
}>;


export type SetVendorBetaMutation = { setVendorBeta: { message: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TimelineLineFragmentDoc = new TypedDocumentString(`
    fragment TimelineLine on tier_upgrade_request_events {
  id
  at
  kind
  actor_id
  actor_role
  actor {
    email
  }
  vendor_id
  vendor {
    name
  }
  request_id
  request {
    target_tier
  }
  from_tier
  to_tier
  note
  internal_note
}
    `, {"fragmentName":"TimelineLine"}) as unknown as TypedDocumentString<TimelineLineFragment, unknown>;
export const CountOfVendorsFragmentDoc = new TypedDocumentString(`
    fragment CountOfVendors on vendors_aggregate {
  aggregate {
    count
  }
}
    `, {"fragmentName":"CountOfVendors"}) as unknown as TypedDocumentString<CountOfVendorsFragment, unknown>;
export const CountOfRequestsFragmentDoc = new TypedDocumentString(`
    fragment CountOfRequests on tier_upgrade_requests_aggregate {
  aggregate {
    count
  }
}
    `, {"fragmentName":"CountOfRequests"}) as unknown as TypedDocumentString<CountOfRequestsFragment, unknown>;
export const AuditTimelineDocument = new TypedDocumentString(`
    query AuditTimeline($where: tier_upgrade_request_events_bool_exp!, $limit: Int!) {
  tier_upgrade_request_events(
    where: $where
    order_by: [{at: desc}, {id: desc}]
    limit: $limit
  ) {
    ...TimelineLine
  }
}
    fragment TimelineLine on tier_upgrade_request_events {
  id
  at
  kind
  actor_id
  actor_role
  actor {
    email
  }
  vendor_id
  vendor {
    name
  }
  request_id
  request {
    target_tier
  }
  from_tier
  to_tier
  note
  internal_note
}`) as unknown as TypedDocumentString<AuditTimelineQuery, AuditTimelineQueryVariables>;
export const RetryEmailDeliveryDocument = new TypedDocumentString(`
    mutation RetryEmailDelivery($deliveryId: uuid!) {
  retryEmailDelivery(deliveryId: $deliveryId) {
    message
  }
}
    `) as unknown as TypedDocumentString<RetryEmailDeliveryMutation, RetryEmailDeliveryMutationVariables>;
export const FiguresDocument = new TypedDocumentString(`
    query Figures($since: date!) {
  tier_upgrade_stats {
    pending_count
    oldest_pending_at
    approval_rate_30d
    median_review_hours
    p90_review_hours
  }
  tier_upgrade_daily(
    where: {day: {_gte: $since}}
    order_by: [{day: asc}, {status: asc}]
  ) {
    day
    status
    count
  }
  oldest: tier_upgrade_requests(
    where: {status: {_eq: "pending"}}
    order_by: [{created_at: asc}, {id: asc}]
    limit: 1
  ) {
    id
    vendor {
      name
    }
  }
  vendors_1: vendors_aggregate(where: {tier: {_eq: 1}}) {
    ...CountOfVendors
  }
  vendors_2: vendors_aggregate(where: {tier: {_eq: 2}}) {
    ...CountOfVendors
  }
  vendors_3: vendors_aggregate(where: {tier: {_eq: 3}}) {
    ...CountOfVendors
  }
  vendors_4: vendors_aggregate(where: {tier: {_eq: 4}}) {
    ...CountOfVendors
  }
  pending_2: tier_upgrade_requests_aggregate(
    where: {status: {_eq: "pending"}, target_tier: {_eq: 2}}
  ) {
    ...CountOfRequests
  }
  pending_3: tier_upgrade_requests_aggregate(
    where: {status: {_eq: "pending"}, target_tier: {_eq: 3}}
  ) {
    ...CountOfRequests
  }
  pending_4: tier_upgrade_requests_aggregate(
    where: {status: {_eq: "pending"}, target_tier: {_eq: 4}}
  ) {
    ...CountOfRequests
  }
}
    fragment CountOfVendors on vendors_aggregate {
  aggregate {
    count
  }
}
fragment CountOfRequests on tier_upgrade_requests_aggregate {
  aggregate {
    count
  }
}`) as unknown as TypedDocumentString<FiguresQuery, FiguresQueryVariables>;
export const FeatureFlagsDocument = new TypedDocumentString(`
    query FeatureFlags {
  feature_flags(order_by: {key: asc}) {
    key
    audience
  }
  all: vendors_aggregate {
    aggregate {
      count
    }
  }
  beta: vendors_aggregate(where: {is_beta: {_eq: true}}) {
    aggregate {
      count
    }
  }
}
    `) as unknown as TypedDocumentString<FeatureFlagsQuery, FeatureFlagsQueryVariables>;
export const SetFeatureFlagDocument = new TypedDocumentString(`
    mutation SetFeatureFlag($key: String!, $audience: FeatureAudience!) {
  setFeatureFlag(key: $key, audience: $audience) {
    message
  }
}
    `) as unknown as TypedDocumentString<SetFeatureFlagMutation, SetFeatureFlagMutationVariables>;
export const NewestEventsDocument = new TypedDocumentString(`
    subscription NewestEvents {
  tier_upgrade_request_events(order_by: {id: desc}, limit: 20) {
    id
    kind
    request_id
    actor_id
    actor {
      email
    }
    vendor {
      name
    }
  }
}
    `) as unknown as TypedDocumentString<NewestEventsSubscription, NewestEventsSubscriptionVariables>;
export const MyNotificationsDocument = new TypedDocumentString(`
    query MyNotifications($where: notifications_bool_exp!, $limit: Int!) {
  notifications(
    where: $where
    order_by: [{created_at: desc}, {id: desc}]
    limit: $limit
  ) {
    id
    kind
    title
    body
    request_id
    read_at
    done_at
    created_at
    request {
      target_tier
      vendor {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MyNotificationsQuery, MyNotificationsQueryVariables>;
export const UnreadNotificationsDocument = new TypedDocumentString(`
    subscription UnreadNotifications($userId: uuid!) {
  notifications_aggregate(
    where: {user_id: {_eq: $userId}, read_at: {_is_null: true}, done_at: {_is_null: true}}
  ) {
    aggregate {
      count
    }
  }
}
    `) as unknown as TypedDocumentString<UnreadNotificationsSubscription, UnreadNotificationsSubscriptionVariables>;
export const MarkNotificationsReadDocument = new TypedDocumentString(`
    mutation MarkNotificationsRead($where: notifications_bool_exp!, $at: timestamptz!) {
  update_notifications(where: $where, _set: {read_at: $at}) {
    affected_rows
  }
}
    `) as unknown as TypedDocumentString<MarkNotificationsReadMutation, MarkNotificationsReadMutationVariables>;
export const ApproveRequestDocument = new TypedDocumentString(`
    mutation ApproveRequest($requestId: uuid!, $adminNotes: String) {
  approveTierUpgradeRequest(requestId: $requestId, adminNotes: $adminNotes) {
    message
    requestId
  }
}
    `) as unknown as TypedDocumentString<ApproveRequestMutation, ApproveRequestMutationVariables>;
export const RejectRequestDocument = new TypedDocumentString(`
    mutation RejectRequest($requestId: uuid!, $rejectionReason: String!, $adminNotes: String) {
  rejectTierUpgradeRequest(
    requestId: $requestId
    rejectionReason: $rejectionReason
    adminNotes: $adminNotes
  ) {
    message
    requestId
  }
}
    `) as unknown as TypedDocumentString<RejectRequestMutation, RejectRequestMutationVariables>;
export const BulkApproveRequestsDocument = new TypedDocumentString(`
    mutation BulkApproveRequests($requestIds: [uuid!]!, $adminNotes: String) {
  bulkApproveTierUpgradeRequests(requestIds: $requestIds, adminNotes: $adminNotes) {
    results {
      requestId
      success
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BulkApproveRequestsMutation, BulkApproveRequestsMutationVariables>;
export const BulkRejectRequestsDocument = new TypedDocumentString(`
    mutation BulkRejectRequests($requestIds: [uuid!]!, $rejectionReason: String!, $adminNotes: String) {
  bulkRejectTierUpgradeRequests(
    requestIds: $requestIds
    rejectionReason: $rejectionReason
    adminNotes: $adminNotes
  ) {
    results {
      requestId
      success
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BulkRejectRequestsMutation, BulkRejectRequestsMutationVariables>;
export const RequestStatesDocument = new TypedDocumentString(`
    query RequestStates($ids: [uuid!]!) {
  tier_upgrade_requests(where: {id: {_in: $ids}}, limit: 1000) {
    id
    status
    reviewed_at
    updated_at
    reviewer {
      id
      email
    }
  }
}
    `) as unknown as TypedDocumentString<RequestStatesQuery, RequestStatesQueryVariables>;
export const QueuePageDocument = new TypedDocumentString(`
    query QueuePage($where: tier_upgrade_requests_bool_exp!, $orderBy: [tier_upgrade_requests_order_by!]!, $limit: Int!, $offset: Int!, $filter: tier_upgrade_requests_bool_exp!, $isNarrowed: Boolean!, $countTo: Int!) {
  tier_upgrade_requests(
    where: $where
    order_by: $orderBy
    limit: $limit
    offset: $offset
  ) {
    id
    vendor_id
    user_id
    current_tier
    target_tier
    business_justification
    status
    reviewed_by
    reviewed_at
    rejection_reason
    admin_notes
    created_at
    updated_at
    vendor {
      id
      name
      tier
    }
    reviewer {
      id
      email
    }
  }
  pending: tier_upgrade_requests_aggregate(
    where: {_and: [{status: {_eq: "pending"}}, $filter]}
    limit: $countTo
  ) @include(if: $isNarrowed) {
    aggregate {
      count
    }
  }
  approved: tier_upgrade_requests_aggregate(
    where: {_and: [{status: {_eq: "approved"}}, $filter]}
    limit: $countTo
  ) @include(if: $isNarrowed) {
    aggregate {
      count
    }
  }
  rejected: tier_upgrade_requests_aggregate(
    where: {_and: [{status: {_eq: "rejected"}}, $filter]}
    limit: $countTo
  ) @include(if: $isNarrowed) {
    aggregate {
      count
    }
  }
  cancelled: tier_upgrade_requests_aggregate(
    where: {_and: [{status: {_eq: "cancelled"}}, $filter]}
    limit: $countTo
  ) @include(if: $isNarrowed) {
    aggregate {
      count
    }
  }
}
    `) as unknown as TypedDocumentString<QueuePageQuery, QueuePageQueryVariables>;
export const RequestPageDocument = new TypedDocumentString(`
    query RequestPage($id: uuid!) {
  tier_upgrade_requests_by_pk(id: $id) {
    id
    vendor_id
    user_id
    current_tier
    target_tier
    business_justification
    status
    reviewed_by
    reviewed_at
    rejection_reason
    admin_notes
    created_at
    updated_at
    vendor {
      id
      name
      slug
      email
      tier
      is_beta
      created_at
      locations(order_by: [{created_at: asc}, {id: asc}], limit: 5) {
        id
        name
        city
        country
      }
      locations_aggregate {
        aggregate {
          count
        }
      }
      requests(order_by: [{created_at: desc}, {id: desc}], limit: 8) {
        id
        current_tier
        target_tier
        status
        created_at
        reviewed_at
        rejection_reason
      }
    }
    user {
      id
      email
    }
    reviewer {
      id
      email
    }
    events(order_by: {id: asc}, limit: 100) {
      id
      at
      kind
      actor_id
      actor_role
      actor {
        id
        email
      }
      from_tier
      to_tier
      note
      internal_note
    }
  }
}
    `) as unknown as TypedDocumentString<RequestPageQuery, RequestPageQueryVariables>;
export const QueueNeighboursDocument = new TypedDocumentString(`
    query QueueNeighbours($before: tier_upgrade_requests_bool_exp!, $backwards: [tier_upgrade_requests_order_by!]!, $after: tier_upgrade_requests_bool_exp!, $forwards: [tier_upgrade_requests_order_by!]!) {
  before: tier_upgrade_requests(where: $before, order_by: $backwards, limit: 1) {
    id
  }
  after: tier_upgrade_requests(where: $after, order_by: $forwards, limit: 1) {
    id
  }
}
    `) as unknown as TypedDocumentString<QueueNeighboursQuery, QueueNeighboursQueryVariables>;
export const QueueOverviewDocument = new TypedDocumentString(`
    query QueueOverview {
  tiers(order_by: {level: asc}) {
    level
    name
    max_locations
    features
  }
  next: tier_upgrade_requests(
    where: {status: {_eq: "pending"}}
    order_by: [{created_at: asc}, {id: asc}]
    limit: 2
  ) {
    id
  }
  newestEvent: tier_upgrade_request_events(order_by: {id: desc}, limit: 1) {
    id
  }
  submitted: tier_upgrade_daily_aggregate(where: {status: {_eq: "submitted"}}) {
    aggregate {
      sum {
        count
      }
    }
  }
  approved: tier_upgrade_daily_aggregate(where: {status: {_eq: "approved"}}) {
    aggregate {
      sum {
        count
      }
    }
  }
  rejected: tier_upgrade_daily_aggregate(where: {status: {_eq: "rejected"}}) {
    aggregate {
      sum {
        count
      }
    }
  }
  cancelled: tier_upgrade_daily_aggregate(where: {status: {_eq: "cancelled"}}) {
    aggregate {
      sum {
        count
      }
    }
  }
}
    `) as unknown as TypedDocumentString<QueueOverviewQuery, QueueOverviewQueryVariables>;
export const VendorChoicesDocument = new TypedDocumentString(`
    query VendorChoices($where: vendors_bool_exp!) {
  vendors(where: $where, order_by: [{name: asc}, {id: asc}], limit: 8) {
    id
    name
    email
  }
}
    `) as unknown as TypedDocumentString<VendorChoicesQuery, VendorChoicesQueryVariables>;
export const VendorsNamedDocument = new TypedDocumentString(`
    query VendorsNamed($where: vendors_bool_exp!, $limit: Int!) {
  vendors(where: $where, limit: $limit) {
    id
  }
}
    `) as unknown as TypedDocumentString<VendorsNamedQuery, VendorsNamedQueryVariables>;
export const UserPageDocument = new TypedDocumentString(`
    query UserPage($id: uuid!) {
  user: users(where: {id: {_eq: $id}}, limit: 1) {
    id
    email
    role
    disabled_at
    created_at
    vendor {
      id
      name
      tier
    }
  }
  did: tier_upgrade_request_events(
    where: {actor_id: {_eq: $id}}
    order_by: [{at: desc}, {id: desc}]
    limit: 15
  ) {
    ...TimelineLine
  }
}
    fragment TimelineLine on tier_upgrade_request_events {
  id
  at
  kind
  actor_id
  actor_role
  actor {
    email
  }
  vendor_id
  vendor {
    name
  }
  request_id
  request {
    target_tier
  }
  from_tier
  to_tier
  note
  internal_note
}`) as unknown as TypedDocumentString<UserPageQuery, UserPageQueryVariables>;
export const SetUserDisabledDocument = new TypedDocumentString(`
    mutation SetUserDisabled($userId: uuid!, $disabled: Boolean!) {
  setUserDisabled(userId: $userId, disabled: $disabled) {
    message
  }
}
    `) as unknown as TypedDocumentString<SetUserDisabledMutation, SetUserDisabledMutationVariables>;
export const VendorPageDocument = new TypedDocumentString(`
    query VendorPage($id: uuid!) {
  vendor: vendors(where: {id: {_eq: $id}}, limit: 1) {
    id
    name
    slug
    email
    tier
    is_beta
    created_at
    updated_at
    locations(order_by: [{created_at: asc}, {id: asc}], limit: 50) {
      id
      name
      address
      city
      country
    }
    locations_aggregate {
      aggregate {
        count
      }
    }
    requests(order_by: [{created_at: desc}, {id: desc}], limit: 10) {
      id
      current_tier
      target_tier
      status
      created_at
      reviewed_at
    }
    requests_aggregate {
      aggregate {
        count
      }
    }
    users(order_by: [{email: asc}], limit: 20) {
      id
      email
      disabled_at
    }
    events(order_by: {id: desc}, limit: 15) {
      ...TimelineLine
    }
  }
}
    fragment TimelineLine on tier_upgrade_request_events {
  id
  at
  kind
  actor_id
  actor_role
  actor {
    email
  }
  vendor_id
  vendor {
    name
  }
  request_id
  request {
    target_tier
  }
  from_tier
  to_tier
  note
  internal_note
}`) as unknown as TypedDocumentString<VendorPageQuery, VendorPageQueryVariables>;
export const UpdateVendorTierDocument = new TypedDocumentString(`
    mutation UpdateVendorTier($vendorId: uuid!, $tier: Int!, $reason: String) {
  updateVendorTier(vendorId: $vendorId, tier: $tier, reason: $reason) {
    message
  }
}
    `) as unknown as TypedDocumentString<UpdateVendorTierMutation, UpdateVendorTierMutationVariables>;
export const SetVendorBetaDocument = new TypedDocumentString(`
    mutation SetVendorBeta($vendorId: uuid!, $isBeta: Boolean!) {
  setVendorBeta(vendorId: $vendorId, isBeta: $isBeta) {
    message
  }
}
    `) as unknown as TypedDocumentString<SetVendorBetaMutation, SetVendorBetaMutationVariables>;