import { isDay, startOfDay } from '../format/day.ts';
import { isUuid } from '../providers/filters.ts';
import type { AuditFilter } from './paths.ts';

type Condition = Readonly<Record<string, unknown>>;

/** The kinds of lines, in the order in which the filter offers them. */
export const eventKinds = [
  'submitted',
  'approved',
  'rejected',
  'cancelled',
  'tier_changed',
  'beta_changed',
  'flag_changed',
  'user_disabled',
  'user_enabled',
] as const;

export type EventKind = (typeof eventKinds)[number];

/** Whose lines can be asked for without naming anyone. */
export const actorGroups = ['vendors', 'admins', 'database'] as const;

/** Whether a text is one of the kinds; a newer database may know more of them. */
export function isEventKind(kind: unknown): kind is EventKind {
  return eventKinds.some((known) => known === kind);
}

/** Reads a filter from an address; what makes no sense there is left out. */
export function readAuditFilter(search: URLSearchParams): AuditFilter {
  const { kind, actor, vendor, from, to } = Object.fromEntries(search) as Partial<Record<string, string>>;
  return {
    ...(isEventKind(kind) && { kind }),
    ...(actor && (isUuid(actor) || actorGroups.some((group) => group === actor)) && { actor }),
    ...(vendor && isUuid(vendor) && { vendor }),
    ...(isDay(from) && { from }),
    ...(isDay(to) && { to }),
  };
}

function ofActor(actor: string): Condition {
  if (actor === 'database') return { actor_id: { _is_null: true } };
  if (actor === 'vendors') return { actor_role: { _eq: 'vendor' } };
  if (actor === 'admins') return { actor_role: { _eq: 'app_admin' } };
  return { actor_id: { _eq: actor } };
}

/** The place in the history after which a page begins. */
export interface Place {
  readonly at: string;
  readonly id: number;
}

/** A filter as a `bool_exp`. Days are days where the person is. After a place: only what is older. */
export function toAuditConditions(filter: AuditFilter, after?: Place): Condition {
  const since = startOfDay(filter.from)?.toISOString();
  const until = startOfDay(filter.to, 1)?.toISOString();
  return {
    _and: [
      ...(filter.kind ? [{ kind: { _eq: filter.kind } }] : []),
      ...(filter.actor ? [ofActor(filter.actor)] : []),
      ...(filter.vendor ? [{ vendor_id: { _eq: filter.vendor } }] : []),
      ...(since ? [{ at: { _gte: since } }] : []),
      ...(until ? [{ at: { _lt: until } }] : []),
      // The first bound is implied by the second, and lets an index be entered at the place.
      ...(after
        ? [{ at: { _lte: after.at } }, { _or: [{ at: { _lt: after.at } }, { id: { _lt: after.id } }] }]
        : []),
    ],
  };
}
