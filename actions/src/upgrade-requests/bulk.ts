/** Many requests are decided in one call: each on its own, or all or none. */

import { announceActor, type Caller } from '../accounts/actor.ts';
import { DatabaseFailure, type Queryable } from '../db.ts';
import { ActionError } from '../errors.ts';
import { describeError } from '../logging.ts';
import type { Services } from '../services.ts';
import { toActionError } from '../to-action-error.ts';
import { countTierFailures } from '../vendors/tier-failures.ts';
import { lockVendors } from '../vendors/vendor-store.ts';
import { decideRequest } from './decide.ts';
import { closingOf, type Decision, findRefusal, findTierRefusal } from './decision.ts';
import { REFUSAL_MESSAGES, type RefusalCode } from './refusals.ts';
import { closeRequests, lockRequests } from './request-store.ts';

/** What became of one request. */
export interface BulkResult {
  readonly requestId: string;
  readonly success: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

type BulkServices = Pick<Services, 'database' | 'metrics' | 'logger'>;

/**
 * Decides each request in a transaction of its own: one that is refused holds up no other.
 *
 * The results are in the order given. An id given twice is decided once and has the same result twice.
 */
export async function decideEach(
  services: BulkServices,
  caller: Caller,
  requestIds: readonly string[],
  decision: Decision,
): Promise<BulkResult[]> {
  const results = new Map<string, BulkResult>();
  let outage: BulkResult | undefined;
  for (const requestId of requestIds) {
    if (results.has(requestId)) continue;
    if (outage !== undefined) {
      // Trying on while nobody answers would keep the caller waiting for each of the rest.
      results.set(requestId, { ...outage, requestId });
      continue;
    }
    try {
      await decideRequest(services, caller, requestId, decision);
      results.set(requestId, { requestId, success: true, code: null, message: null });
    } catch (error) {
      const result = toResult(services, requestId, error);
      results.set(requestId, result);
      if (error instanceof DatabaseFailure && error.sqlstate === undefined) outage = result;
    }
  }
  return requestIds.map((requestId) => results.get(requestId)!);
}

function toResult({ logger }: BulkServices, requestId: string, thrown: unknown): BulkResult {
  const error = toActionError(thrown);
  if (error.status >= 500) {
    logger.error({ upgradeRequestId: requestId, error: describeError(error.cause) }, error.code);
  }
  return { requestId, success: false, code: error.code, message: error.message };
}

/** Decides all requests in one transaction, or none: then the error names each one that was refused. */
export async function decideAll(
  { database, metrics }: BulkServices,
  caller: Caller,
  requestIds: readonly string[],
  decision: Decision,
): Promise<BulkResult[]> {
  const decide = () =>
    database.withTransaction((transaction) => decideAllOnce(transaction, caller, requestIds, decision), {
      isolation: 'read committed',
    });
  const waits = decision.status === 'approved' ? await countTierFailures(metrics, decide) : await decide();
  metrics.decisions.inc({ outcome: decision.status }, waits.length);
  for (const waited of waits) metrics.reviewSeconds.observe(waited);
  return requestIds.map((requestId) => ({ requestId, success: true, code: null, message: null }));
}

async function decideAllOnce(
  db: Queryable,
  caller: Caller,
  requestIds: readonly string[],
  decision: Decision,
): Promise<number[]> {
  const actor = await announceActor(db, caller);
  const ids = [...new Set(requestIds)];
  const requests = new Map((await lockRequests(db, ids)).map((request) => [request.id, request]));
  const refusals = new Map<string, RefusalCode>();
  const note = (id: string, code: RefusalCode | undefined) => code !== undefined && refusals.set(id, code);
  for (const id of ids) note(id, findRefusal(requests.get(id), decision, actor));
  if (decision.status === 'approved') {
    const open = [...requests.values()].filter(({ id }) => !refusals.has(id));
    const locked = await lockVendors(db, [...new Set(open.map(({ vendorId }) => vendorId))]);
    const vendors = new Map(locked.map((vendor) => [vendor.id, vendor]));
    for (const request of open) note(request.id, findTierRefusal(request, vendors.get(request.vendorId)));
  }
  if (refusals.size > 0) throw refuseAll(requestIds, refusals);
  return closeRequests(db, ids, closingOf(decision, actor));
}

/** The code of the first that was refused, and every one of them by its place in the input. */
function refuseAll(requestIds: readonly string[], refusals: ReadonlyMap<string, RefusalCode>): ActionError {
  const refused = requestIds.flatMap((id, index) => {
    const code = refusals.get(id);
    return code === undefined
      ? []
      : [{ code, field: `requestIds[${index}]`, message: REFUSAL_MESSAGES[code] }];
  });
  const errors = refused.map(({ field, message }) => ({ field, message }));
  const { code, message } = refused[0]!;
  return new ActionError(code, `Nothing was changed. ${message}`, { errors });
}
