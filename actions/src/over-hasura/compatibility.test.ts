/** What clients have relied on from the first day, over both APIs. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearerOf, createRequest, createVendor, type TestVendor } from '../testing/people.ts';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';

let product: TestProduct;

beforeAll(async () => {
  product = await startTestProduct();
});

afterAll(() => product?.stop());

const addLocation = (vendor: TestVendor, name: string) =>
  product.as(
    vendor,
    `mutation { insert_vendor_locations_one(object: {
       name: "${name}", address: "Quay 1", city: "Bergen", country: "Norway" }) { id } }`,
  );

const BADGE = '{ vendors { tier tier_info { level name badge_color max_locations } } }';

test('after an approval from tier 1 to 2 a fifth location goes in and a sixth does not', async () => {
  const { server, admin } = product;
  const vendor = await createVendor(server.admin);
  const requestId = await createRequest(server.admin, vendor);
  expect((await addLocation(vendor, 'first')).code).toBeUndefined();
  expect((await addLocation(vendor, 'too early')).message).toContain('LOCATION_LIMIT_REACHED: ');

  const approval = await product.as(
    admin,
    `mutation { approveTierUpgradeRequest(requestId: "${requestId}") { success } }`,
  );
  expect(approval.data).toEqual({ approveTierUpgradeRequest: { success: true } });
  for (const name of ['second', 'third', 'fourth', 'fifth']) {
    expect((await addLocation(vendor, name)).code, name).toBeUndefined();
  }
  expect(await addLocation(vendor, 'sixth')).toMatchObject({
    code: 'constraint-violation',
    message: expect.stringMatching(/^LOCATION_LIMIT_REACHED: .*5 locations/),
  });
  const { data } = await product.as(vendor, '{ vendor_locations(order_by: { created_at: asc }) { name } }');
  expect(data.vendor_locations.map(({ name }: { name: string }) => name)).toEqual([
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
  ]);
});

test('after an approval the badge shows the new tier, with the token from before', async () => {
  const { server, hasura, admin } = product;
  const vendor = await createVendor(server.admin);
  const headers = await bearerOf(server.config, vendor);
  expect((await hasura.ask(BADGE, headers)).data.vendors).toMatchObject([
    { tier: 1, tier_info: { name: 'Basic' } },
  ]);
  const requestId = await createRequest(server.admin, vendor, { targetTier: 3 });
  const approval = await server.send(`/api/admin/tier-upgrade-requests/${requestId}/approve`, {
    method: 'PATCH',
    headers: await bearerOf(server.config, admin),
  });
  expect(approval).toMatchObject({ status: 200, body: { request: { status: 'approved' } } });
  expect((await hasura.ask(BADGE, headers)).data.vendors).toEqual([
    { tier: 3, tier_info: { level: 3, name: 'Pro', badge_color: '#6d28d9', max_locations: 20 } },
  ]);
  const live = await hasura.askLive(`subscription ${BADGE}`, headers);
  expect(live.data.vendors).toMatchObject([{ tier: 3 }]);
});

test('a tier is still set on its own, without any request', async () => {
  const { server, hasura, admin } = product;
  const vendor = await createVendor(server.admin, { tier: 4 });
  const answer = await server.send(`/api/admin/vendors/${vendor.vendorId}/tier`, {
    method: 'PUT',
    headers: await bearerOf(server.config, admin),
    json: { tier: 2 },
  });
  expect(answer).toMatchObject({
    status: 200,
    body: { success: true, vendor: { id: vendor.vendorId, tier: 2 } },
  });
  const seen = await hasura.ask(
    '{ vendors { tier } tier_upgrade_requests { id } tier_upgrade_request_events { kind from_tier to_tier } }',
    await bearerOf(server.config, vendor),
  );
  expect(seen.data).toEqual({
    vendors: [{ tier: 2 }],
    tier_upgrade_requests: [],
    tier_upgrade_request_events: [{ kind: 'tier_changed', from_tier: 4, to_tier: 2 }],
  });
});
