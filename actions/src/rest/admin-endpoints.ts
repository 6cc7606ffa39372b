/** What administrators do over REST: look through all requests, decide them, set a vendor's tier. */

import { z } from 'zod';
import { idField } from '../input/fields.ts';
import { DONE_MESSAGES } from '../messages.ts';
import { approveInput, approveUpgradeRequest } from '../upgrade-requests/approve.ts';
import { requestIdField } from '../upgrade-requests/fields.ts';
import { adminListQuery } from '../upgrade-requests/list-filters.ts';
import { listRequests } from '../upgrade-requests/list-requests.ts';
import { refuse } from '../upgrade-requests/refusals.ts';
import { rejectInput, rejectUpgradeRequest } from '../upgrade-requests/reject.ts';
import { readDocument } from '../upgrade-requests/request-document.ts';
import { updateTierInput, updateVendorTier } from '../vendors/update-tier.ts';
import { readVendorDocument } from '../vendors/vendor-document.ts';
import { adminPageAnswer, adminRequestDoneAnswer, requestAnswer, vendorAnswer } from './answers.ts';
import { answerCacheable } from './cacheable.ts';
import { exportEndpoint } from './csv-endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { definePersonEndpoint } from './person-endpoint.ts';
import { answerDone } from './request-answers.ts';

const PATH = '/admin/tier-upgrade-requests';

const forAdministrators = { tag: 'Review', roles: ['app_admin'] } as const;

const requestParams = z.strictObject({ id: requestIdField() });

const list = definePersonEndpoint({
  ...forAdministrators,
  method: 'get',
  path: PATH,
  operationId: 'listTierUpgradeRequests',
  summary: 'All requests, filtered, ordered and in pages',
  query: adminListQuery,
  answer: { status: 200, description: 'A page of requests.', schema: adminPageAnswer },
  codes: ['INVALID_TIER'],
  handle: async ({ database }, { caller, query }, response) => {
    const { sort, order, page, limit, ...filter } = query;
    answerCacheable(
      response,
      await listRequests(database, caller.role, filter, { sort, order }, { page, limit }),
    );
  },
});

const get = definePersonEndpoint({
  ...forAdministrators,
  method: 'get',
  path: `${PATH}/{id}`,
  operationId: 'getTierUpgradeRequest',
  summary: 'One request',
  params: requestParams,
  answer: { status: 200, description: 'The request.', schema: requestAnswer },
  codes: ['REQUEST_NOT_FOUND'],
  handle: async ({ database }, { caller, params }, response) => {
    const request = await readDocument(database, caller.role, params.id);
    if (request === undefined) throw refuse('REQUEST_NOT_FOUND');
    answerCacheable(response, { request });
  },
});

const approve = definePersonEndpoint({
  ...forAdministrators,
  method: 'patch',
  path: `${PATH}/{id}/approve`,
  operationId: 'approveTierUpgradeRequest',
  summary: 'Approve a request: the vendor has the new tier at once',
  params: requestParams,
  body: approveInput.omit({ requestId: true }),
  isBodyOptional: true,
  answer: { status: 200, description: 'The request is approved.', schema: adminRequestDoneAnswer },
  codes: ['REQUEST_NOT_FOUND', 'REQUEST_NOT_PENDING', 'SELF_APPROVAL_FORBIDDEN', 'CANNOT_DOWNGRADE'],
  handle: async (services, { caller, params: { id }, body }, response) => {
    await approveUpgradeRequest(services, caller, { requestId: id, ...body });
    await answerDone(services, caller, response, id, DONE_MESSAGES.approved);
  },
});

const reject = definePersonEndpoint({
  ...forAdministrators,
  method: 'patch',
  path: `${PATH}/{id}/reject`,
  operationId: 'rejectTierUpgradeRequest',
  summary: 'Reject a request, with a reason that the vendor will read',
  params: requestParams,
  body: rejectInput.omit({ requestId: true }),
  answer: { status: 200, description: 'The request is rejected.', schema: adminRequestDoneAnswer },
  codes: ['REQUEST_NOT_FOUND', 'REQUEST_NOT_PENDING'],
  handle: async (services, { caller, params: { id }, body }, response) => {
    await rejectUpgradeRequest(services, caller, { requestId: id, ...body });
    await answerDone(services, caller, response, id, DONE_MESSAGES.rejected);
  },
});

const updateTier = definePersonEndpoint({
  ...forAdministrators,
  method: 'put',
  path: '/admin/vendors/{id}/tier',
  operationId: 'updateVendorTier',
  summary: 'Set a vendor’s tier directly, up or down',
  description:
    'The tier that the vendor has already changes nothing. A pending request that the new tier makes pointless is cancelled.',
  params: z.strictObject({ id: idField('The id of the vendor is required.') }),
  body: updateTierInput.omit({ vendorId: true }),
  answer: { status: 200, description: 'The vendor as it is now.', schema: vendorAnswer },
  codes: ['INVALID_TIER', 'VENDOR_NOT_FOUND'],
  handle: async (services, { caller, params: { id }, body }, response) => {
    await updateVendorTier(services, caller, { vendorId: id, ...body });
    const vendor = await readVendorDocument(services.database, id);
    if (vendor === undefined) throw refuse('VENDOR_NOT_FOUND');
    response.setHeader('Cache-Control', 'no-store');
    response.json({ success: true, vendor });
  },
});

/** Everything below `/admin`. */
export const ADMIN_ENDPOINTS: readonly Endpoint[] = [list, exportEndpoint, get, approve, reject, updateTier];
