import type { UpgradeRequest } from './upgrade-request.ts';

/** The answer to the newest request, if it has one that is news: it was decided, or a change of the tier made it pointless. */
export function answerOf(newest: UpgradeRequest | undefined): UpgradeRequest | undefined {
  if (!newest) return undefined;
  const isCancelledForThem =
    newest.status === 'cancelled' &&
    newest.events.some(({ kind, actor_role }) => kind === 'cancelled' && actor_role !== 'vendor');
  return newest.status === 'approved' || newest.status === 'rejected' || isCancelledForThem
    ? newest
    : undefined;
}

/** Whether two texts say the same: letters by one normal form, blanks and upper case aside. */
export function saysTheSame(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  return plain(one) === plain(other);
}
