import { type RequestStatus, statusOrder } from '@tierline/design';
import { graphql } from '../../gql/gql.ts';
import type { UpgradeRequestFragment } from '../../gql/graphql.ts';

/** Everything the portal shows of a request, with its story. */
export const UpgradeRequestDocument = graphql(`
  fragment UpgradeRequest on tier_upgrade_requests {
    id
    current_tier
    target_tier
    business_justification
    status
    rejection_reason
    created_at
    events(order_by: { id: asc }) {
      id
      at
      kind
      actor_role
      note
      from_tier
      to_tier
    }
  }
`);

/** A request as the portal reads it. */
export type UpgradeRequest = UpgradeRequestFragment;

/** The status as one of the four there are. */
export function statusOf(request: { readonly status: string }): RequestStatus {
  const status = statusOrder.find((known) => known === request.status);
  if (!status) throw new Error(`a request cannot be "${request.status}"`);
  return status;
}
