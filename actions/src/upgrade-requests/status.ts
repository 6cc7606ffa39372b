/** The statuses of a request and the moves between them, as data. */

/** Every status of a request. */
export const STATUSES = ['pending', 'approved', 'rejected', 'cancelled'] as const;

/** A status of a request. */
export type Status = (typeof STATUSES)[number];

/** A status that nothing follows. */
export type ClosingStatus = Exclude<Status, 'pending'>;

const MOVES: Readonly<Record<Status, readonly Status[]>> = {
  pending: ['approved', 'rejected', 'cancelled'],
  approved: [],
  rejected: [],
  cancelled: [],
};

/** Whether a request may go from one status to another. */
export function canMove(from: Status, to: Status): boolean {
  return MOVES[from].includes(to);
}
