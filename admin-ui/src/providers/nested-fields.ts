import { type FieldNode, Kind, parse, type SelectionNode } from 'graphql';

/**
 * ra-data-hasura selects a table's own columns. What a screen needs from related rows is added here, so that a list
 * stays one operation and a page another.
 */
const selections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tier_upgrade_requests: {
    GET_LIST: 'vendor { id name tier } reviewer { id email }',
    GET_ONE: `
      vendor {
        id name slug email tier is_beta created_at
        locations(order_by: { created_at: asc }, limit: 5) { id name city country }
        locations_aggregate { aggregate { count } }
        requests(order_by: [{ created_at: desc }, { id: desc }], limit: 8) {
          id current_tier target_tier status created_at reviewed_at rejection_reason
        }
      }
      user { id email }
      reviewer { id email }
      events(order_by: { id: asc }, limit: 100) {
        id at kind actor_id actor_role actor { id email } from_tier to_tier note internal_note
      }`,
  },
};

function parseSelection(text: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}

/** The fields to add to a resource's own columns for one kind of fetch; none for most. */
export function nestedFields(resource: string, fetchType: string | undefined): readonly FieldNode[] {
  const text = fetchType && selections[resource]?.[fetchType];
  return text ? (parseSelection(text) as FieldNode[]) : [];
}
