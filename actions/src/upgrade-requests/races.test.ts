import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  openFeature,
  type TestAdmin,
  type TestVendor,
} from '../testing/people.ts';
import { SEED, shuffle } from '../testing/seeded-random.ts';
import { type Answer, startTestServer, type TestServer } from '../testing/test-server.ts';

/** Each with another order of the calls. */
const ROUNDS = Array.from({ length: process.env.TIERLINE_LONG ? 30 : 3 }, (_, round) => round);
const REASON = 'Please add proof of the second location.';

let server: TestServer;
let admins: TestAdmin[];

beforeAll(async () => {
  server = await startTestServer({ env: { RATE_LIMIT_ADMIN: '0' } });
  await openFeature(server.admin);
  admins = await Promise.all([1, 2, 3].map(() => createAdmin(server.admin)));
});

afterAll(() => server?.stop());

/** Everything on which vendors, requests and timeline disagree, over the whole database. */
async function contradictions() {
  const query = await readFile(new URL('../../../hasura/tests/consistency.sql', import.meta.url), 'utf8');
  return (await server.admin.query(query)).rows;
}

const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'ok' : body.extensions.code);

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

test('1,000 submissions at once over 100 vendors leave exactly 100 pending requests', async () => {
  const vendors = await Promise.all(Array.from({ length: 100 }, () => createVendor(server.admin)));
  const input = { targetTier: 2, businessJustification: JUSTIFICATION };
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, turn) =>
      server.act('submitTierUpgradeRequest', input, vendors[turn % 100]!.session),
    ),
  );
  expect(tally(answers.map(codeOf))).toEqual({ ok: 100, PENDING_REQUEST_EXISTS: 900 });
  const { rows } = await server.admin.query(
    `select vendor_id from tier_upgrade_requests where vendor_id = any ($1) and status = 'pending'`,
    [vendors.map(({ vendorId }) => vendorId)],
  );
  expect(new Set(rows.map(({ vendor_id: id }) => id)).size).toBe(100);
  expect(rows).toHaveLength(100);
  expect(await contradictions()).toEqual([]);
});

describe('200 decisions at once', () => {
  interface Pending {
    readonly vendor: TestVendor;
    readonly requestId: string;
  }

  async function pendings(count: number): Promise<Pending[]> {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const vendor = await createVendor(server.admin);
        return { vendor, requestId: await createRequest(server.admin, vendor, { targetTier: 3 }) };
      }),
    );
  }

  test.each(ROUNDS.map((round) => [SEED + round]))(
    'of every kind on the same vendors: one winner each (seed %i)',
    async (seed) => {
      const all = await pendings(30);
      const ids = all.map(({ requestId }) => requestId);
      const act = (name: string, input: object, turn: number) => () =>
        server.act(name, input, admins[turn % admins.length]!.session);
      const calls = shuffle(
        [
          ...all.flatMap(({ vendor, requestId }, turn) => [
            act('approveTierUpgradeRequest', { requestId }, turn),
            act('rejectTierUpgradeRequest', { requestId, rejectionReason: REASON }, turn + 1),
            () => server.act('cancelTierUpgradeRequest', { requestId }, vendor.session),
            act('updateVendorTier', { vendorId: vendor.vendorId, tier: 2 + (turn % 3) }, turn),
            act('updateVendorTier', { vendorId: vendor.vendorId, tier: 1 }, turn + 1),
            () =>
              server.act(
                'submitTierUpgradeRequest',
                { targetTier: 4, businessJustification: JUSTIFICATION },
                vendor.session,
              ),
          ]),
          ...Array.from({ length: 5 }, (_, turn) => [
            act('bulkApproveTierUpgradeRequests', { requestIds: ids }, turn),
            act(
              'bulkRejectTierUpgradeRequests',
              { requestIds: ids.toReversed(), rejectionReason: REASON },
              turn + 1,
            ),
            act('bulkApproveTierUpgradeRequests', { requestIds: ids.toReversed(), atomic: true }, turn),
            act(
              'bulkRejectTierUpgradeRequests',
              { requestIds: shuffle(ids, turn), rejectionReason: REASON, atomic: true },
              turn + 2,
            ),
          ]).flat(),
        ],
        seed,
      );
      expect(calls).toHaveLength(200);
      const answers = await Promise.all(calls.map((call) => call()));

      const inside = answers.flatMap(({ body }) =>
        (body.results ?? []).map(({ code }: { code: string | null }) => code ?? 'ok'),
      );
      const codes = new Set([...answers.map(codeOf), ...inside]);
      expect(codes).not.toContain('DATABASE_ERROR');
      expect(codes).not.toContain('INTERNAL_ERROR');
      expect(await contradictions()).toEqual([]);

      const { rows } = await server.admin.query(
        `select r.id, r.status, (select count(*)::int from tier_upgrade_request_events e
         where e.request_id = r.id and e.kind <> 'submitted') as endings
       from tier_upgrade_requests r where r.id = any ($1)`,
        [ids],
      );
      expect(rows.map(({ endings }) => endings)).toEqual(ids.map(() => 1));
      expect(rows.map(({ status }) => status)).not.toContain('pending');
    },
  );

  test('two atomic bulks in opposite orders: one decides all, the other is told so', async () => {
    for (let round = 0; round < 10; round += 1) {
      const requestIds = (await pendings(10)).map(({ requestId }) => requestId);
      const answers = await Promise.all([
        server.act('bulkApproveTierUpgradeRequests', { requestIds, atomic: true }, admins[0]!.session),
        server.act(
          'bulkRejectTierUpgradeRequests',
          { requestIds: requestIds.toReversed(), rejectionReason: REASON, atomic: true },
          admins[1]!.session,
        ),
      ]);
      expect(answers.map(codeOf).sort()).toEqual(['REQUEST_NOT_PENDING', 'ok']);
    }
    expect(await server.metrics.registry.metrics()).not.toContain('sqlstate="40P01"');
  });
});
