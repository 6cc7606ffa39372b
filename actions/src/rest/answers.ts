/** The shapes of REST's answers: what OpenAPI tells of them, and what tests hold them against. */

import { z } from 'zod';
import { pageShape } from '../upgrade-requests/list-requests.ts';
import { adminRequestSchema, vendorRequestSchema } from '../upgrade-requests/request-document.ts';
import { vendorSchema } from '../vendors/vendor-document.ts';

const done = { success: z.literal(true), message: z.string().describe('For people.') };

const adminRequest = adminRequestSchema.meta({ id: 'TierUpgradeRequest' });
const vendorRequest = vendorRequestSchema.meta({ id: 'VendorTierUpgradeRequest' });
/** By the role of who calls. */
const requestForCaller = z.union([adminRequest, vendorRequest]);

/** `{ success, message }` */
export const doneAnswer = z.object(done);

/** A session; with an `app` its refresh token is in the cookie alone. */
export const sessionAnswer = z.object({
  success: z.literal(true),
  accessToken: z.string().describe('Send it as Authorization: Bearer …'),
  expiresAt: z.iso.datetime().describe('When the access token ends.'),
  refreshToken: z.string().nullable().describe('Null when it is in the cookie.'),
  role: z.enum(['vendor', 'app_admin']),
  user: z.object({ id: z.guid(), email: z.string(), vendorId: z.guid().nullable() }),
});

/** What was done, and the request as it is now. */
export const requestDoneAnswer = z.object({ ...done, request: requestForCaller });
/** The same, where only a vendor may call. */
export const vendorRequestDoneAnswer = z.object({ ...done, request: vendorRequest });
/** The same, where only an administrator may call. */
export const adminRequestDoneAnswer = z.object({ ...done, request: adminRequest });

/** One request. */
export const requestAnswer = z.object({ request: adminRequest });

/** A page of all requests. */
export const adminPageAnswer = z.object({ docs: z.array(adminRequest), ...pageShape });
/** A page of one vendor's requests. */
export const vendorPageAnswer = z.object({ docs: z.array(requestForCaller), ...pageShape });

/** A vendor. */
export const vendorAnswer = z.object({
  success: z.literal(true),
  vendor: vendorSchema.meta({ id: 'Vendor' }),
});
