import { describe, expect, it } from 'vitest';
import type { RateLimitValue } from '../metadata/types.ts';
import { startHouseServer } from '../testing/house-server.ts';
import { sessionFor } from '../testing/publishing-house.ts';
import { RateLimiter } from './rate-limiter.ts';

const refusal = { code: 'rate-limit-exceeded', message: 'rate limit of 2 exceeded', status: 429 };

/** How many of three operations of one caller come through. */
function counter(global: RateLimitValue, perRole: Record<string, RateLimitValue> = {}) {
  const limiter = new RateLimiter();
  const limits = { rate_limit: { global, per_role: perRole } };
  return (role: string, variables: Record<string, string> = {}, ip = '192.0.2.1') =>
    limiter.admit(limits, sessionFor(role, variables), ip);
}

describe('the rate of a role', () => {
  it('is shared by everybody who has it', async () => {
    const admit = counter({ max_reqs_per_min: 2 });
    await admit('reader');
    await admit('reader', {}, '192.0.2.2');
    await expect(admit('reader', {}, '192.0.2.3')).rejects.toMatchObject(refusal);
    await admit('writer');
  });

  it('counts by address', async () => {
    const admit = counter({ max_reqs_per_min: 2, unique_params: 'IP' });
    await admit('reader');
    await admit('reader');
    await expect(admit('reader')).rejects.toMatchObject(refusal);
    await admit('reader', {}, '192.0.2.2');
  });

  it('counts by session variables, together and in any spelling', async () => {
    const admit = counter({ max_reqs_per_min: 2, unique_params: ['X-Hasura-User-Id', 'x-hasura-team-id'] });
    const one = { 'x-hasura-user-id': '1', 'x-hasura-team-id': '1' };
    await admit('reader', one);
    await admit('reader', one, '192.0.2.2');
    await expect(admit('reader', one)).rejects.toMatchObject(refusal);
    await admit('reader', { ...one, 'x-hasura-team-id': '2' });
    await admit('reader', { 'x-hasura-user-id': '1' });
  });

  it('may be its own, and never binds admins', async () => {
    const admit = counter({ max_reqs_per_min: 1 }, { reader: { max_reqs_per_min: 2 } });
    await admit('reader');
    await admit('reader');
    await expect(admit('reader')).rejects.toMatchObject(refusal);
    await admit('writer');
    await expect(admit('writer')).rejects.toMatchObject({ message: 'rate limit of 1 exceeded' });
    for (let times = 0; times < 5; times += 1) await admit('admin');
  });

  it('is off where limits are', async () => {
    const limiter = new RateLimiter();
    const limits = { disabled: true, rate_limit: { global: { max_reqs_per_min: 1 } } };
    for (let times = 0; times < 3; times += 1) await limiter.admit(limits, sessionFor('reader'), '');
  });
});

describe('over HTTP', () => {
  it('each operation counts, a trusted proxy tells the address, and a client cannot make one up', async () => {
    const house = await startHouseServer(
      { api_limits: { rate_limit: { global: { max_reqs_per_min: 2, unique_params: 'IP' } } } },
      { TRUST_PROXY: '127.0.0.1' },
    );
    const query = '{ author { id } }';
    const from = (address: string, body: unknown) =>
      house.send('/v1/graphql', { body, role: 'reader', headers: { 'x-forwarded-for': address } });
    const exceeded = {
      errors: [
        { message: 'rate limit of 2 exceeded', extensions: { path: '$', code: 'rate-limit-exceeded' } },
      ],
    };
    const { json: batch } = await from('192.0.2.1', [{ query }, { query: '{ nothing }' }, { query }]);
    expect(batch).toMatchObject([{ data: {} }, { errors: [{}] }, exceeded]);
    const again = await from('203.0.113.9, 192.0.2.1', { query });
    expect(again).toMatchObject({ status: 200, json: exceeded });
    expect((await from('192.0.2.2', { query })).json).toHaveProperty('data');
    const removed = await house.send('/v1/metadata', { body: { type: 'remove_api_limits', args: {} } });
    expect(removed.json).toEqual({ message: 'success' });
    expect((await from('192.0.2.1', { query })).json).toHaveProperty('data');
    await house.close();
  });
});
