import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestProduct, type TestProduct } from '../testing/test-product.ts';

let product: TestProduct;

beforeAll(async () => {
  product = await startTestProduct({ TRUST_PROXY: '192.0.2.200', RATE_LIMIT_LOGIN: '1' });
});

afterAll(() => product?.stop());

test('Hasura passes the address on by which wrong sign-ins count, and nobody writes the secret over', async () => {
  const login = (from: string) =>
    product.hasura.ask(
      `mutation { login(email: "${randomUUID()}@example.com", password: "not the password") { role } }`,
      { 'X-Forwarded-For': from, 'X-Action-Secret': 'of the client' },
    );
  const codes: unknown[] = [];
  for (let turn = 0; turn < 11; turn += 1) codes.push((await login('203.0.113.9')).code);
  expect(codes).toEqual([...Array(10).fill('UNAUTHORIZED'), 'RATE_LIMIT_EXCEEDED']);
  expect((await login('203.0.113.10')).code).toBe('UNAUTHORIZED');
});
