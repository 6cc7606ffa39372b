import { buildSchema, type GraphQLSchema } from 'graphql';

/** As much of the administrators' schema as the data provider needs to find its way. */
export function sampleSchema(): GraphQLSchema {
  return buildSchema(`
    scalar uuid
    scalar timestamptz
    scalar bigint
    enum order_by { asc desc }
    input uuid_comparison_exp { _eq: uuid _in: [uuid!] }
    input String_comparison_exp { _eq: String _ilike: String }
    input Int_comparison_exp { _eq: Int }
    input vendors_bool_exp {
      _and: [vendors_bool_exp!] _or: [vendors_bool_exp!] tier: Int_comparison_exp slug: String_comparison_exp
      name: String_comparison_exp email: String_comparison_exp
    }
    input vendors_order_by { id: order_by name: order_by created_at: order_by }
    input tier_upgrade_requests_bool_exp {
      _and: [tier_upgrade_requests_bool_exp!] _or: [tier_upgrade_requests_bool_exp!]
      id: uuid_comparison_exp vendor_id: uuid_comparison_exp status: String_comparison_exp
      target_tier: Int_comparison_exp business_justification: String_comparison_exp vendor: vendors_bool_exp
    }
    input tier_upgrade_requests_order_by { id: order_by created_at: order_by vendor: vendors_order_by }
    input by_time { created_at: order_by id: order_by }
    type count { count: Int! }
    type aggregated { aggregate: count }
    type users { id: uuid! email: String! }
    type locations { id: uuid! name: String! city: String! country: String! }
    type events {
      id: bigint! at: timestamptz! kind: String! actor_id: uuid actor_role: String! actor: users
      from_tier: Int to_tier: Int note: String internal_note: String
    }
    type vendors {
      id: uuid! name: String! slug: String! email: String! tier: Int! is_beta: Boolean! created_at: timestamptz!
      locations(order_by: [by_time!], limit: Int): [locations!]!
      locations_aggregate: aggregated!
      requests(
        order_by: [by_time!] limit: Int where: tier_upgrade_requests_bool_exp
      ): [tier_upgrade_requests!]!
    }
    type tier_upgrade_requests {
      id: uuid! status: String! current_tier: Int! target_tier: Int! business_justification: String!
      created_at: timestamptz! reviewed_at: timestamptz rejection_reason: String
      vendor: vendors! user: users reviewer: users
      events(order_by: [by_time!], limit: Int): [events!]!
    }
    type query_root {
      vendors(limit: Int offset: Int order_by: [vendors_order_by!] where: vendors_bool_exp): [vendors!]!
      vendors_aggregate(limit: Int order_by: [vendors_order_by!] where: vendors_bool_exp): aggregated!
      tier_upgrade_requests(
        limit: Int offset: Int order_by: [tier_upgrade_requests_order_by!] where: tier_upgrade_requests_bool_exp
      ): [tier_upgrade_requests!]!
      tier_upgrade_requests_aggregate(
        order_by: [tier_upgrade_requests_order_by!] where: tier_upgrade_requests_bool_exp
      ): aggregated!
    }
    type Payload { success: Boolean! message: String! requestId: uuid! }
    type mutation_root {
      approveTierUpgradeRequest(requestId: uuid!, adminNotes: String): Payload!
      rejectTierUpgradeRequest(requestId: uuid!, rejectionReason: String!, adminNotes: String): Payload!
    }
    schema { query: query_root mutation: mutation_root }
  `);
}
