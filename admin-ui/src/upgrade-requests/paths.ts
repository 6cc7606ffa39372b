import { REQUESTS } from './types.ts';

/** What the decision box opens with. */
export type DecisionIntent = 'approve' | 'reject';

/** The queue's own address, with the filters it was last left with. */
export const queuePath = `/${REQUESTS}`;

/** A request's page; with an intent, its decision box is ready for that decision. */
export function requestPath(id: string, intent?: DecisionIntent): string {
  return `/${REQUESTS}/${encodeURIComponent(id)}/show${intent ? `?decide=${intent}` : ''}`;
}
