import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearerOf, createRequest, createVendor, type TestAdmin, type TestVendor } from '../testing/people.ts';
import type { TestHasura } from '../testing/test-hasura.ts';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';
import type { TestServer } from '../testing/test-server.ts';
import { STATUSES, type Status } from '../upgrade-requests/status.ts';

const REASON = 'Please add proof of the second location.';
const ROLES = ['anonymous', 'vendor', 'another vendor', 'app_admin'] as const;

type Role = (typeof ROLES)[number];

let product: TestProduct;
let server: TestServer;
let hasura: TestHasura;
let admin: TestAdmin;
let stranger: TestVendor;

beforeAll(async () => {
  product = await startTestProduct({ RATE_LIMIT_ADMIN: '0' });
  ({ server, hasura, admin } = product);
  stranger = await createVendor(server.admin);
});

afterAll(() => product?.stop());

/** A request in that status, and its vendor. */
async function requestIn(status: Status) {
  const vendor = await createVendor(server.admin);
  const requestId = await createRequest(server.admin, vendor);
  if (status !== 'pending') await moveBySql(requestId, status);
  return { vendor, requestId };
}

function moveBySql(requestId: string, status: Status) {
  return server.admin.query(
    `update tier_upgrade_requests set status = $2,
       reviewed_at = case when $2 in ('approved', 'rejected') then now() end,
       reviewed_by = case when $2 in ('approved', 'rejected') then $3::uuid end,
       rejection_reason = case when $2 = 'rejected' then $4 end
     where id = $1`,
    [requestId, status, admin.userId, REASON],
  );
}

async function stateOf(requestId: string) {
  const { rows } = await server.admin.query<{ status: Status; tier: number; endings: number }>(
    `select r.status, v.tier, (select count(*)::int from tier_upgrade_request_events e
       where e.request_id = r.id and e.kind <> 'submitted') as endings
     from tier_upgrade_requests r join vendors v on v.id = r.vendor_id where r.id = $1`,
    [requestId],
  );
  return rows[0]!;
}

const ACTIONS: Partial<Record<Status, (id: string) => string>> = {
  approved: (id) => `approveTierUpgradeRequest(requestId: "${id}") { success }`,
  rejected: (id) => `rejectTierUpgradeRequest(requestId: "${id}", rejectionReason: "${REASON}") { success }`,
  cancelled: (id) => `cancelTierUpgradeRequest(requestId: "${id}") { success }`,
};
const bulk = (atomic: boolean): typeof ACTIONS => ({
  approved: (id) => `bulkApproveTierUpgradeRequests(requestIds: ["${id}"], atomic: ${atomic}) { failed }`,
  rejected: (id) =>
    `bulkRejectTierUpgradeRequests(requestIds: ["${id}"], rejectionReason: "${REASON}", atomic: ${atomic}) { failed }`,
});

/** The mutations by which somebody may try a move; a path that knows no such move has none. */
const PATHS: Record<string, (id: string, to: Status) => string | undefined> = {
  action: (id, to) => ACTIONS[to]?.(id),
  bulk: (id, to) => bulk(false)[to]?.(id),
  'atomic bulk': (id, to) => bulk(true)[to]?.(id),
  'table mutation': (id, to) =>
    `update_tier_upgrade_requests(where: { id: { _eq: "${id}" } }, _set: { status: "${to}" }) { affected_rows }`,
  'table mutation by key': (id, to) =>
    `update_tier_upgrade_requests_by_pk(pk_columns: { id: "${id}" }, _set: { status: "${to}" }) { id }`,
};

/** The same moves over REST, which names whose request it is in the path. */
const REST_CALLS: Partial<Record<Status, (id: string, owner: TestVendor) => [string, string, object]>> = {
  approved: (id) => ['PATCH', `/api/admin/tier-upgrade-requests/${id}/approve`, {}],
  rejected: (id) => ['PATCH', `/api/admin/tier-upgrade-requests/${id}/reject`, { rejectionReason: REASON }],
  cancelled: (id, owner) => [
    'DELETE',
    `/api/portal/vendors/${owner.vendorId}/tier-upgrade-requests/${id}`,
    {},
  ],
};

const MAY: Partial<Record<Status, Role>> = {
  approved: 'app_admin',
  rejected: 'app_admin',
  cancelled: 'vendor',
};

/** Nobody without a token, nobody on another's behalf, and nobody twice. */
function refusalOf(role: Role, allowed: Role | undefined): number {
  if (role === 'anonymous') return 401;
  return role === allowed ? 400 : 403;
}

async function headersOf(role: Role, owner: TestVendor): Promise<Record<string, string>> {
  if (role === 'anonymous') return {};
  return bearerOf(server.config, { vendor: owner, 'another vendor': stranger, app_admin: admin }[role]);
}

describe.each(STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const)))(
  '%s to %s',
  (from, to) => {
    test('by SQL: only a pending request ends, and staying as it is is no move', async () => {
      const { requestId } = await requestIn(from);
      const before = await stateOf(requestId);
      const isDone = await moveBySql(requestId, to).then(
        () => true,
        () => false,
      );
      if (from !== to) expect(isDone).toBe(from === 'pending');
      expect(await stateOf(requestId)).toEqual(
        from === 'pending' && to !== 'pending'
          ? { status: to, tier: to === 'approved' ? 2 : 1, endings: 1 }
          : before,
      );
    });

    test.each(Object.keys(PATHS).flatMap((path) => ROLES.map((role) => [path, role] as const)))(
      'by %s as %s',
      async (path, role) => {
        const { vendor, requestId } = await requestIn(from);
        const before = await stateOf(requestId);
        const mutation = PATHS[path]!(requestId, to);
        if (mutation === undefined) return;
        const answer = await hasura.ask(`mutation { ${mutation} }`, await headersOf(role, vendor));
        const isTable = path.startsWith('table');
        const isLegal = from === 'pending' && !isTable && MAY[to] === role;
        const after = await stateOf(requestId);
        if (isLegal) {
          expect(answer.code).toBeUndefined();
          expect(after).toEqual({ status: to, tier: to === 'approved' ? 2 : 1, endings: 1 });
        } else {
          expect(after).toEqual(before);
          const failed = Object.values((answer.data ?? {}) as Record<string, { failed?: number }>)[0]?.failed;
          expect(answer.code !== undefined || failed === 1).toBe(true);
        }
      },
    );

    test.each(ROLES)('by REST as %s', async (role) => {
      const { vendor, requestId } = await requestIn(from);
      const before = await stateOf(requestId);
      const call = REST_CALLS[to]?.(requestId, vendor);
      if (call === undefined) return;
      const [method, path, body] = call;
      const headers = { 'Content-Type': 'application/json', ...(await headersOf(role, vendor)) };
      const response = await fetch(`${server.url}${path}`, { method, headers, body: JSON.stringify(body) });
      const isLegal = from === 'pending' && MAY[to] === role;
      expect(((await response.json()) as { success: boolean }).success).toBe(isLegal);
      expect(response.status).toBe(isLegal ? 200 : refusalOf(role, MAY[to]));
      expect(await stateOf(requestId)).toEqual(
        isLegal ? { status: to, tier: to === 'approved' ? 2 : 1, endings: 1 } : before,
      );
    });
  },
);
