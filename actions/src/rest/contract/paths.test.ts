/** What is no operation: paths that do not exist, methods that a path does not know. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINTS } from '../endpoints.ts';
import { RestContract, UNKNOWN } from './rest-contract.ts';

let contract: RestContract;

beforeAll(async () => {
  contract = await RestContract.start();
});

afterAll(() => contract?.server.stop());

test.each([
  ['PUT', '/api/admin/tier-upgrade-requests', 405],
  ['DELETE', `/api/admin/tier-upgrade-requests/${UNKNOWN}`, 405],
  ['POST', `/api/admin/tier-upgrade-requests/${UNKNOWN}/approve`, 405],
  ['OPTIONS', '/api/admin/tier-upgrade-requests', 405],
  ['PATCH', `/api/admin/vendors/${UNKNOWN}/tier`, 405],
  ['GET', '/api/admin', 404],
  ['GET', '/API/admin/tier-upgrade-requests', 404],
  ['GET', '/api/Admin/Tier-Upgrade-Requests', 404],
  ['GET', `/api/admin/vendors/${UNKNOWN}`, 404],
  ['GET', '/api/portal/vendors', 404],
  ['GET', '/api/admin/tier-upgrade-requests.json', 404],
])('%s %s is %i, in the shape of every error', async (method, path, status) => {
  const answer = await contract.server.send(path, { method, headers: contract.asAdmin });
  expect(answer).toMatchObject({ status, body: { success: false, code: 'INVALID_INPUT' } });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  const name = status === 404 ? 'NotFound' : 'MethodNotAllowed';
  expect(contract.validatorOf(contract.document.components.responses[name]!)(answer.body)).toBe(true);
  if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|PATCH|PUT/);
});

test('every heading of the document has a file of tests beside this one', () => {
  const tested = ['Sessions', 'Vendors’ requests', 'Review'];
  expect([...new Set(ENDPOINTS.map(({ tag }) => tag))]).toEqual(tested);
});
