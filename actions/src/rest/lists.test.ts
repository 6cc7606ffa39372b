import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../testing/csv-reader.ts';
import {
  bearerOf,
  createAdmin,
  createRequest,
  createVendor,
  JUSTIFICATION,
  type TestVendor,
} from '../testing/people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let asAdmin: Record<string, string>;
let vendors: TestVendor[];
let requestIds: string[];

const LIST = '/api/admin/tier-upgrade-requests';
const DAYS = 8;

beforeAll(async () => {
  server = await startTestServer();
  asAdmin = await bearerOf(server.config, await createAdmin(server.admin));
  vendors = [];
  requestIds = [];
  for (let day = 1; day <= DAYS; day += 1) {
    const vendor = await createVendor(server.admin, { tier: day % 2 === 0 ? 2 : 1 });
    const id = await createRequest(server.admin, vendor, { targetTier: day <= 4 ? 3 : 4 });
    vendors.push(vendor);
    requestIds.push(id);
  }
  const pool = server.admin.pool({ max: 1 });
  await pool.query("set session_replication_role = 'replica'");
  for (const [index, id] of requestIds.entries()) {
    // Two requests on each of four days, so that the order of equals is the ids'.
    const at = `2026-01-0${Math.floor(index / 2) + 1}T12:00:00.123456Z`;
    await pool.query('update tier_upgrade_requests set created_at = $2, updated_at = $2 where id = $1', [
      id,
      at,
    ]);
  }
  await pool.query('select private.recount_tier_upgrades()');
});

afterAll(() => server?.stop());

const list = (query = '', headers = asAdmin) => server.send(`${LIST}${query}`, { headers });
const idsOf = ({ body }: { body: { docs: { id: string }[] } }) => body.docs.map(({ id }) => id);

/** The ids as Postgres orders them. */
function expectedOrder(): string[] {
  const days = [0, 2, 4, 6].map((index) => requestIds.slice(index, index + 2).sort());
  return days.flat();
}

describe('the list of administrators', () => {
  test('has the newest first, in pages of ten', async () => {
    const answer = await list();
    expect(answer).toMatchObject({
      status: 200,
      body: { totalDocs: DAYS, page: 1, limit: 10, totalPages: 1, hasPrevPage: false, hasNextPage: false },
    });
    expect(idsOf(answer)).toEqual(expectedOrder().reverse());
  });

  test('shows a request with its people', async () => {
    const { body } = await list(`?vendorId=${vendors[0]!.vendorId}`);
    const [vendor] = vendors;
    const name = vendor!.email.split('@')[0];
    expect(body.docs).toEqual([
      {
        id: requestIds[0],
        vendor: { id: vendor!.vendorId, name, email: vendor!.email, slug: name },
        user: { id: vendor!.userId, email: vendor!.email },
        currentTier: 1,
        targetTier: 3,
        businessJustification: JUSTIFICATION,
        status: 'pending',
        createdAt: '2026-01-01T12:00:00.123456Z',
        updatedAt: '2026-01-01T12:00:00.123456Z',
      },
    ]);
  });

  test.each(['createdAt', 'updatedAt', 'targetTier'])(
    'sorted by %s, pages neither overlap nor miss one',
    async (sort) => {
      for (const order of ['asc', 'desc']) {
        const whole = idsOf(await list(`?sort=${sort}&order=${order}`));
        const pages = [];
        for (let page = 1; page <= 4; page += 1) {
          const answer = await list(`?sort=${sort}&order=${order}&limit=3&page=${page}`);
          expect(answer.body).toMatchObject({
            totalDocs: DAYS,
            totalPages: 3,
            page,
            limit: 3,
            hasPrevPage: page > 1,
            hasNextPage: page < 3,
          });
          pages.push(...idsOf(answer));
        }
        expect(pages).toEqual(whole);
        expect(new Set(pages).size).toBe(DAYS);
      }
      const [up, down] = [await list(`?sort=${sort}&order=asc`), await list(`?sort=${sort}&order=desc`)];
      expect(idsOf(up)).toEqual(idsOf(down).reverse());
    },
  );

  test.each([
    ['?status=pending', 8],
    ['?status=approved', 0],
    ['?targetTier=3', 4],
    ['?targetTier=4&status=pending', 4],
    ['?createdAfter=2026-01-01T12:00:00.123456Z', 6],
    ['?createdAfter=2026-01-01T12:00:00.123Z', 8],
    ['?createdBefore=2026-01-02T12:00:00.123456Z', 2],
    ['?createdBefore=2026-01-02T12:00:00.123457Z', 4],
    ['?createdAfter=2026-01-02&createdBefore=2026-01-04', 4],
    ['?createdAfter=2026-01-02T14:00:00%2B02:00&createdBefore=2026-01-02T14:00:01%2B02:00', 2],
    ['?createdAfter=2026-01-02T12:00:00', 6],
    ['?createdAfter=2026-01-02T12:00Z', 6],
    ['?createdBefore=2026-01-01T23:59:59-23:59', 4],
    ['?vendorId=00000000-0000-4000-8000-000000000000', 0],
    ['?page=9007199254740&limit=100', 8],
  ])('%s counts %i', async (query, totalDocs) => {
    const answer = await list(query);
    expect(answer).toMatchObject({ status: 200, body: { totalDocs, totalPages: expect.any(Number) } });
    if (totalDocs === 0) expect(answer.body).toMatchObject({ docs: [], totalPages: 0, hasPrevPage: false });
    if (query.startsWith('?page')) expect(answer.body).toMatchObject({ docs: [], hasPrevPage: true });
  });

  test.each([
    ['?status=open', 'INVALID_INPUT', ['status']],
    ['?status=', 'INVALID_INPUT', ['status']],
    ['?status=pending&status=approved', 'INVALID_INPUT', ['status']],
    ['?status[$ne]=pending', 'INVALID_INPUT', ['status[$ne]']],
    ['?targetTier=5', 'INVALID_TIER', ['targetTier']],
    ['?targetTier=2.0', 'INVALID_TIER', ['targetTier']],
    ['?vendorId=7', 'INVALID_INPUT', ['vendorId']],
    ['?createdAfter=yesterday', 'INVALID_INPUT', ['createdAfter']],
    ['?createdAfter=2026-02-30', 'INVALID_INPUT', ['createdAfter']],
    ['?createdAfter=0000-01-01', 'INVALID_INPUT', ['createdAfter']],
    ['?createdBefore=2026-01-01T12:00:00+02:00', 'INVALID_INPUT', ['createdBefore']],
    ['?page=0', 'INVALID_INPUT', ['page']],
    ['?page=-1', 'INVALID_INPUT', ['page']],
    ['?page=1e3', 'INVALID_INPUT', ['page']],
    ['?limit=0', 'INVALID_INPUT', ['limit']],
    ['?limit=101', 'INVALID_INPUT', ['limit']],
    ['?sort=vendor', 'INVALID_INPUT', ['sort']],
    ['?sort=created_at;drop+table+tiers', 'INVALID_INPUT', ['sort']],
    ['?order=up', 'INVALID_INPUT', ['order']],
    ['?colour=red', 'INVALID_INPUT', ['colour']],
    ['?__proto__=1', 'INVALID_INPUT', ['__proto__']],
    ['?page=0&limit=0&targetTier=9&x=1', 'INVALID_INPUT', ['targetTier', 'page', 'limit', 'x']],
  ])('%s is %s about %j', async (query, code, fields) => {
    const { status, body } = await list(query);
    expect({ status, code: body.code }).toEqual({ status: 400, code });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
  });

  test('counts exactly what is there, before and after changes', async () => {
    const vendor = await createVendor(server.admin);
    const id = await createRequest(server.admin, vendor);
    expect((await list()).body.totalDocs).toBe(DAYS + 1);
    expect((await list('?status=pending')).body.totalDocs).toBe(DAYS + 1);
    await server.send(`${LIST}/${id}/approve`, { method: 'PATCH', headers: asAdmin });
    expect((await list('?status=approved')).body).toMatchObject({ totalDocs: 1, docs: [{ id }] });
    expect((await list('?status=pending')).body.totalDocs).toBe(DAYS);
    await server.admin.query('delete from vendors where id = $1', [vendor.vendorId]);
    expect((await list()).body.totalDocs).toBe(DAYS);
    expect((await list('?status=approved')).body).toMatchObject({ totalDocs: 0, docs: [] });
  });
});

describe('an unchanged answer', () => {
  test.each(['', '?status=pending&limit=2', '/ID'])(
    'of %s costs a 304, a changed one does not',
    async (path) => {
      const target = path.replace('ID', requestIds[0]!);
      const first = await list(target);
      const etag = first.headers.get('etag')!;
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(first.headers.get('vary')).toContain('Authorization');
      const strong = etag.replace(/^W\//, '');
      for (const known of [strong, `"other", ${strong}`, '*'])
        expect(await list(target, { ...asAdmin, 'If-None-Match': known })).toMatchObject({
          status: 304,
          body: '',
        });
      const second = await list(target, { ...asAdmin, 'If-None-Match': etag });
      expect(second).toMatchObject({ status: 304, body: '' });
      expect(Number(second.headers.get('ratelimit-remaining'))).toBeLessThan(
        Number(first.headers.get('ratelimit-remaining')),
      );
      await server.admin.query('update vendors set name = name || $2 where id = any ($1)', [
        vendors.map(({ vendorId }) => vendorId),
        '!',
      ]);
      expect(await list(target, { ...asAdmin, 'If-None-Match': etag })).toMatchObject({ status: 200 });
    },
  );

  test('is for who may see it: a 304 is asked for with a token like anything else', async () => {
    const etag = (await list()).headers.get('etag')!;
    expect(await list('', { 'If-None-Match': etag })).toMatchObject({ status: 401 });
    expect(
      await list('', { ...(await bearerOf(server.config, vendors[0]!)), 'If-None-Match': etag }),
    ).toMatchObject({ status: 403 });
  });

  test('is told by HEAD too, without a body', async () => {
    const head = await server.send(LIST, { method: 'HEAD', headers: asAdmin });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers.get('etag')).toBe((await list()).headers.get('etag'));
  });
});

describe('a vendor’s list', () => {
  const own = (vendor: TestVendor, query = '') =>
    `/api/portal/vendors/${vendor.vendorId}/tier-upgrade-requests${query}`;

  test('is its own, and says nothing of administrators', async () => {
    const [vendor] = vendors as [TestVendor];
    const headers = await bearerOf(server.config, vendor);
    const before = await server.send(own(vendor), { headers });
    expect(before).toMatchObject({
      status: 200,
      body: { totalDocs: 1, docs: [{ id: requestIds[0], status: 'pending' }] },
    });
    const rejection = { rejectionReason: 'Not before the summer.', adminNotes: 'They owe us money.' };
    await server.send(`${LIST}/${requestIds[0]}/reject`, {
      method: 'PATCH',
      headers: asAdmin,
      json: rejection,
    });
    const { body } = await server.send(own(vendor, '?status=rejected'), { headers });
    expect(body.docs[0]).toMatchObject({ status: 'rejected', rejectionReason: rejection.rejectionReason });
    expect(Object.keys(body.docs[0])).not.toContain('reviewedBy');
    expect(JSON.stringify(body)).not.toMatch(/money|adminNotes|admin-/);
    const seenByAdmin = await server.send(own(vendor), { headers: asAdmin });
    expect(seenByAdmin.body.docs[0]).toMatchObject({
      adminNotes: rejection.adminNotes,
      reviewedBy: { id: expect.any(String) },
    });
  });

  test('does not name the administrator who asked on its behalf', async () => {
    const vendor = await createVendor(server.admin);
    const admin = await createAdmin(server.admin);
    await createRequest(server.admin, vendor, { userId: admin.userId });
    const asVendor = await server.send(own(vendor), { headers: await bearerOf(server.config, vendor) });
    expect(asVendor.body.docs).toMatchObject([{ user: null }]);
    expect((await server.send(own(vendor), { headers: asAdmin })).body.docs).toMatchObject([
      { user: { id: admin.userId, email: admin.email } },
    ]);
  });

  test('knows status, page and limit alone', async () => {
    const [vendor] = vendors as [TestVendor];
    const headers = await bearerOf(server.config, vendor);
    expect(await server.send(own(vendor, '?sort=createdAt'), { headers })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT', errors: [{ field: 'sort' }] },
    });
  });
});

describe('a search', () => {
  const searched = async (words: string) => {
    const query = `?q=${encodeURIComponent(words)}&limit=100`;
    const [page, file] = await Promise.all([
      list(query),
      server.send(`${LIST}.csv?q=${encodeURIComponent(words)}`, { headers: asAdmin }),
    ]);
    const ids = idsOf(page);
    expect(page.body.totalDocs).toBe(ids.length);
    expect(
      readCsv(file.body)
        .slice(1)
        .map(([id]) => id),
    ).toEqual(ids);
    return ids;
  };

  test('finds the same in the list and in its export, however it is written', async () => {
    const [first, second, third] = vendors as [TestVendor, TestVendor, TestVendor];
    const name = (vendor: TestVendor, text: string) =>
      server.admin.query('update vendors set name = $2 where id = $1', [vendor.vendorId, text]);
    await name(first, 'Łódź İstanbul ß');
    await name(second, 'Cafe\u0301 du Port');
    await name(third, '100 % _cotton_ \\ silk');
    const found = (vendor: TestVendor) => [requestIds[vendors.indexOf(vendor)]];
    for (const words of ['istanbul', 'İSTANBUL', ' Istanbul '])
      expect(await searched(words)).toEqual(found(first));
    for (const words of ['café', 'cafe', 'CAFE\u0301']) expect(await searched(words)).toEqual(found(second));
    for (const words of ['%', '_cotton_', '\\ s']) expect(await searched(words)).toEqual(found(third));
    expect(await searched(requestIds[4] as string)).toEqual([requestIds[4]]);
    expect(await searched((vendors[5] as TestVendor).vendorId.toUpperCase())).toEqual([requestIds[5]]);
    expect(await searched('nobody wrote this')).toEqual([]);
    expect(await searched('  ')).toEqual(idsOf(await list('?limit=100')));
  });
});
