import { expect, test, vi } from 'vitest';
import type { GraphQLClient } from './graphql-client.ts';
import { withVendorsNamed } from './vendors-named.ts';

function clientWith(count: number) {
  const run = vi.fn(async () => ({ vendors: Array.from({ length: count }, (_, n) => ({ id: `id-${n}` })) }));
  return { run, client: { run } as unknown as GraphQLClient };
}

test('few vendors of a name are named by their ids, looked up once for a whole screen', async () => {
  const { run, client } = clientWith(2);
  const [one, other] = await Promise.all([
    withVendorsNamed(client, 'quay'),
    withVendorsNamed(client, ' quay '),
  ]);
  expect(one).toEqual({ vendor_id: { _in: ['id-0', 'id-1'] } });
  expect(other).toBe(one);
  expect(run).toHaveBeenCalledTimes(1);
  await withVendorsNamed(client, 'harbor');
  expect(run).toHaveBeenCalledTimes(2);
  // However old, for whoever wants the vendors that a list was left with.
  await withVendorsNamed(client, 'quay', Number.POSITIVE_INFINITY);
  expect(run).toHaveBeenCalledTimes(2);
  await withVendorsNamed(client, 'quay', 0);
  expect(run).toHaveBeenCalledTimes(3);
});

test('many are left to the database, row by row', async () => {
  const { client } = clientWith(201);
  expect(await withVendorsNamed(client, '50%')).toEqual({ vendor: { search_name: { _like: '%50\\%%' } } });
});

test('nothing typed is nothing asked', async () => {
  const { run, client } = clientWith(2);
  expect(await withVendorsNamed(client, '  ')).toBeUndefined();
  expect(await withVendorsNamed(client, undefined)).toBeUndefined();
  expect(run).not.toHaveBeenCalled();
});

test('what could not be looked up is asked for again', async () => {
  const { run, client } = clientWith(1);
  run.mockRejectedValueOnce(new Error('away'));
  await expect(withVendorsNamed(client, 'quay')).rejects.toThrow('away');
  expect(await withVendorsNamed(client, 'quay')).toEqual({ vendor_id: { _in: ['id-0'] } });
});
