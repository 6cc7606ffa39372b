import type { RequestStatus } from '@tierline/design';

/** The GraphQL table that this resource shows. */
export const REQUESTS = 'tier_upgrade_requests';

/** A request as a row of the queue. */
export interface UpgradeRequestRow {
  readonly id: string;
  readonly vendor_id: string;
  readonly user_id: string | null;
  readonly current_tier: number;
  readonly target_tier: number;
  readonly business_justification: string;
  readonly status: RequestStatus;
  readonly reviewed_by: string | null;
  readonly reviewed_at: string | null;
  readonly rejection_reason: string | null;
  readonly admin_notes: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly vendor: { readonly id: string; readonly name: string; readonly tier: number };
  readonly reviewer: Person | null;
}

export interface Person {
  readonly id: string;
  readonly email: string;
}

/** One line of the timeline. */
export interface RequestEvent {
  readonly id: string | number;
  readonly at: string;
  readonly kind: string;
  readonly actor_id: string | null;
  readonly actor_role: string | null;
  readonly actor: Person | null;
  readonly from_tier: number | null;
  readonly to_tier: number | null;
  readonly note: string | null;
  readonly internal_note: string | null;
}

export interface PastRequest {
  readonly id: string;
  readonly current_tier: number;
  readonly target_tier: number;
  readonly status: RequestStatus;
  readonly created_at: string;
  readonly reviewed_at: string | null;
  readonly rejection_reason: string | null;
}

/** What the request page knows of the vendor. */
export interface VendorContext {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly email: string;
  readonly tier: number;
  readonly is_beta: boolean;
  readonly created_at: string;
  readonly locations: readonly {
    readonly id: string;
    readonly name: string;
    readonly city: string | null;
    readonly country: string | null;
  }[];
  readonly locations_aggregate: { readonly aggregate: { readonly count: number } | null };
  readonly requests: readonly PastRequest[];
}

/** A request with everything its page shows. */
export interface UpgradeRequest extends Omit<UpgradeRequestRow, 'vendor'> {
  readonly vendor: VendorContext;
  readonly user: Person | null;
  readonly events: readonly RequestEvent[];
}

/** A page opened from the queue has the row at once and the rest a moment later. */
export type MaybeFullRequest = UpgradeRequest | (UpgradeRequestRow & { readonly events?: undefined });

/** Whether the rest has arrived. */
export function isFull(request: MaybeFullRequest): request is UpgradeRequest {
  return request.events !== undefined;
}

/** The line of the timeline that closed a request; undefined while it is open or the timeline is still to come. */
export function closingOf(request: MaybeFullRequest): RequestEvent | undefined {
  return isFull(request) ? request.events.findLast((event) => event.kind === request.status) : undefined;
}
