import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeServer, TEST_ADMIN_SECRET } from '../testing/fake-engine.ts';
import { chooseCoding } from './content-coding.ts';

describe('the coding of an answer', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['deflate', null],
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'gzip'],
    ['gzip;q=0.5, br;q=0.9', 'br'],
    ['gzip;q=0', null],
    ['gzip;q=0, br', 'br'],
    ['*', 'gzip'],
    ['*;q=0', null],
    ['GZIP ; Q=0.1', 'gzip'],
    ['gzip;q=nonsense', null],
  ])('for %j is %j', (accepted, coding) => {
    expect(chooseCoding(accepted)).toBe(coding);
  });
});

describe('an answer', () => {
  let server: Awaited<ReturnType<typeof startFakeServer>>;
  const long = `{"data":{"text":"${'grün '.repeat(1000)}"}}`;
  let answer = '';

  beforeAll(async () => {
    server = await startFakeServer();
    server.engine.execute = async () => ({ body: answer });
  });
  afterAll(() => server.http.close());

  /** Without the decoding that `fetch` does by itself. */
  function ask(
    headers: Record<string, string>,
  ): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const call = request(
        `${server.url}/v1/graphql`,
        { method: 'POST', headers: { 'x-hasura-admin-secret': TEST_ADMIN_SECRET, ...headers } },
        async (response) =>
          resolve({ headers: response.headers, body: Buffer.concat(await response.toArray()) }),
      );
      call.on('error', reject);
      call.end('{"query":"{ text }"}');
    });
  }

  it.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('that is long is sent as %s to whoever asks for it', async (coding, decompress) => {
    answer = long;
    const { headers, body } = await ask({ 'accept-encoding': coding, origin: 'https://example.com' });
    expect(headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(body.length),
      vary: 'Origin, Accept-Encoding',
    });
    expect(body.length).toBeLessThan(long.length / 10);
    expect(decompress(body).toString()).toBe(long);
  });

  it('that is long is sent as it is to everybody else, and tells caches that it varies', async () => {
    answer = long;
    const { headers, body } = await ask({});
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers.vary).toBe('Accept-Encoding');
    expect(body.toString()).toBe(long);
  });

  it('that is short is never compressed', async () => {
    answer = '{"data":{"text":"short"}}';
    const { headers, body } = await ask({ 'accept-encoding': 'gzip' });
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('vary');
    expect(body.toString()).toBe(answer);
  });
});
