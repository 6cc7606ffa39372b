import { type FieldNode, Kind, parse, type SelectionNode } from 'graphql';

/**
 * ra-data-hasura selects a table's own columns. What a screen needs from related rows is added here, so that a list
 * stays one operation and a page another: by resource, then by kind of fetch (`GET_LIST`, `GET_ONE`).
 */
const selections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vendors: {
    GET_LIST: `
      locations_aggregate { aggregate { count } }
      requests(where: { status: { _eq: "pending" } }, limit: 1) { id target_tier created_at }`,
  },
  users: { GET_LIST: 'vendor { id name }' },
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
