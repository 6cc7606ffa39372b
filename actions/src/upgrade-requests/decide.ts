/** One request is decided: status, tier and timeline change in one transaction. */

import { announceActor, type Caller } from '../accounts/actor.ts';
import type { Queryable } from '../db.ts';
import type { Services } from '../services.ts';
import { countTierFailures } from '../vendors/tier-failures.ts';
import { lockVendor } from '../vendors/vendor-store.ts';
import { closingOf, type Decision, findRefusal, findTierRefusal } from './decision.ts';
import { refuse } from './refusals.ts';
import { closeRequests, lockRequest } from './request-store.ts';

/**
 * Decides a request.
 *
 * For an approval a trigger sets the vendor's tier in the statement that approves, so no SQL can make the two disagree.
 */
export async function decideRequest(
  { database, metrics }: Pick<Services, 'database' | 'metrics'>,
  caller: Caller,
  requestId: string,
  decision: Decision,
): Promise<void> {
  const decide = () =>
    database.withTransaction((transaction) => decideOnce(transaction, caller, requestId, decision), {
      isolation: 'read committed',
    });
  const waited = decision.status === 'approved' ? await countTierFailures(metrics, decide) : await decide();
  metrics.decisions.inc({ outcome: decision.status });
  metrics.reviewSeconds.observe(waited);
}

async function decideOnce(
  db: Queryable,
  caller: Caller,
  requestId: string,
  decision: Decision,
): Promise<number> {
  const actor = await announceActor(db, caller);
  const request = await lockRequest(db, requestId);
  const refusal = findRefusal(request, decision, actor);
  if (request === undefined || refusal !== undefined) throw refuse(refusal ?? 'REQUEST_NOT_FOUND');
  if (decision.status === 'approved') {
    const tierRefusal = findTierRefusal(request, await lockVendor(db, request.vendorId));
    if (tierRefusal !== undefined) throw refuse(tierRefusal);
  }
  const [waited = 0] = await closeRequests(db, [requestId], closingOf(decision, actor));
  return waited;
}
