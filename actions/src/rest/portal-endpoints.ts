/** A vendor's own upgrade requests; an administrator may read them and ask on the vendor's behalf. */

import { z } from 'zod';
import { idField } from '../input/fields.ts';
import { DONE_MESSAGES } from '../messages.ts';
import { cancelUpgradeRequest } from '../upgrade-requests/cancel.ts';
import { requestIdField } from '../upgrade-requests/fields.ts';
import { vendorListQuery } from '../upgrade-requests/list-filters.ts';
import { listRequests } from '../upgrade-requests/list-requests.ts';
import { refuse } from '../upgrade-requests/refusals.ts';
import { submitInput, submitUpgradeRequest } from '../upgrade-requests/submit.ts';
import { readVendor } from '../vendors/vendor-store.ts';
import { requestDoneAnswer, vendorPageAnswer, vendorRequestDoneAnswer } from './answers.ts';
import { answerCacheable } from './cacheable.ts';
import type { Endpoint } from './endpoint.ts';
import { definePersonEndpoint } from './person-endpoint.ts';
import { answerDone } from './request-answers.ts';

const PATH = '/portal/vendors/{vendorId}/tier-upgrade-requests';

const vendorParams = z.strictObject({ vendorId: idField() });

const submit = definePersonEndpoint({
  method: 'post',
  path: PATH,
  operationId: 'submitTierUpgradeRequest',
  tag: 'Vendors’ requests',
  summary: 'Ask for a higher tier',
  description:
    'Ten times an hour per vendor. An administrator asks on the vendor’s behalf and may not approve that request.',
  roles: ['vendor', 'app_admin'],
  ownerParam: 'vendorId',
  vendorLimit: 'submit',
  params: vendorParams,
  body: submitInput('vendor').omit({ vendorId: true }),
  answer: { status: 201, description: 'The request is pending.', schema: requestDoneAnswer },
  codes: [
    'INVALID_TIER',
    'JUSTIFICATION_TOO_SHORT',
    'JUSTIFICATION_TOO_LONG',
    'VENDOR_NOT_FOUND',
    'ALREADY_MAX_TIER',
    'CANNOT_DOWNGRADE',
    'PENDING_REQUEST_EXISTS',
  ],
  handle: async (services, { caller, params, body }, response) => {
    const requestId = await submitUpgradeRequest(services, caller, { ...body, ...params });
    response.status(201);
    await answerDone(services, caller, response, requestId, DONE_MESSAGES.submitted);
  },
});

const list = definePersonEndpoint({
  method: 'get',
  path: PATH,
  operationId: 'listVendorTierUpgradeRequests',
  tag: 'Vendors’ requests',
  summary: 'A vendor’s requests, newest first',
  description: 'A hundred times an hour per vendor.',
  roles: ['vendor', 'app_admin'],
  ownerParam: 'vendorId',
  vendorLimit: 'vendor_list',
  params: vendorParams,
  query: vendorListQuery,
  answer: { status: 200, description: 'A page of requests.', schema: vendorPageAnswer },
  codes: ['VENDOR_NOT_FOUND'],
  handle: async ({ database }, { caller, params: { vendorId }, query }, response) => {
    const { status, page, limit } = query;
    const newestFirst = { sort: 'createdAt', order: 'desc' } as const;
    const result = await listRequests(database, caller.role, { vendorId, status }, newestFirst, {
      page,
      limit,
    });
    // A vendor who got this far exists; an administrator may have named one who does not.
    if (result.totalDocs === 0 && (await readVendor(database, vendorId)) === undefined) {
      throw refuse('VENDOR_NOT_FOUND');
    }
    answerCacheable(response, result);
  },
});

const cancel = definePersonEndpoint({
  method: 'delete',
  path: `${PATH}/{requestId}`,
  operationId: 'cancelTierUpgradeRequest',
  tag: 'Vendors’ requests',
  summary: 'Withdraw a pending request',
  roles: ['vendor'],
  ownerParam: 'vendorId',
  params: vendorParams.extend({ requestId: requestIdField() }),
  answer: { status: 200, description: 'The request is cancelled.', schema: vendorRequestDoneAnswer },
  codes: ['REQUEST_NOT_FOUND', 'REQUEST_NOT_PENDING'],
  handle: async (services, { caller, params: { requestId } }, response) => {
    await cancelUpgradeRequest(services, caller, { requestId }, 'REQUEST_NOT_FOUND');
    await answerDone(services, caller, response, requestId, DONE_MESSAGES.cancelled);
  },
});

/** Everything below `/portal`. */
export const PORTAL_ENDPOINTS: readonly Endpoint[] = [submit, list, cancel];
