// @vitest-environment node
import { runInNewContext } from 'node:vm';
import { inflateSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, describe, expect, it, vi } from 'vitest';

const files = new Map<string, string | Uint8Array>();

beforeAll(async () => {
  process.env.NODE_ENV = 'production';
  const root = new URL('..', import.meta.url).pathname;
  const result = await build({ root, logLevel: 'error', mode: 'production', build: { write: false } });
  if (!('output' in result)) throw new Error('vite gave no single build');
  for (const file of result.output) files.set(file.fileName, file.type === 'chunk' ? file.code : file.source);
}, 120_000);

describe('the manifest', () => {
  it('names icons that are there, in the sizes it says', () => {
    const manifest = JSON.parse(String(files.get('manifest.webmanifest')));
    expect(manifest).toMatchObject({
      display: 'standalone',
      scope: '/portal/',
      start_url: '/portal/dashboard',
    });
    const sizes = manifest.icons.map(({ src, sizes }: { src: string; sizes: string }) => {
      const png = Buffer.from(files.get(src.replace('/portal/', '')) as Uint8Array);
      expect(sizes).toBe(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`);
      const pixels = inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8));
      expect(pixels.length).toBe(png.readUInt32BE(20) * (png.readUInt32BE(16) * 4 + 1));
      return sizes;
    });
    expect(sizes).toEqual(['192x192', '512x512', '512x512']);
  });
});

/** Runs the worker that was built, with a network and caches of the test's own. */
function startWorker(network: (url: string) => Promise<unknown>, refuseCache?: () => Promise<never>) {
  const listeners = new Map<string, (event: object) => void>();
  const stores = new Map<string, Map<string, unknown>>();
  const fetched: string[] = [];
  const urlOf = (request: string | { url: string }) =>
    new URL(typeof request === 'string' ? request : request.url, 'https://portal.example').pathname;
  const fetch = (request: { url: string }) => {
    fetched.push(urlOf(request));
    return network(urlOf(request));
  };
  const open = async (name: string) => {
    const store = stores.get(name) ?? new Map<string, unknown>();
    stores.set(name, store);
    return {
      addAll: async (requests: { url: string }[]) => {
        const answers = await Promise.all(requests.map(fetch));
        for (const [index, request] of requests.entries()) store.set(urlOf(request), answers[index]);
      },
      match: async (request: string) => store.get(urlOf(request)),
    };
  };
  const context = {
    self: {
      addEventListener: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    },
    caches: {
      open: refuseCache ?? open,
      keys: async () => [...stores.keys()],
      delete: async (name: string) => stores.delete(name),
    },
    location: { origin: 'https://portal.example' },
    fetch,
    URL,
    Request: class {
      url: string;
      constructor(url: string) {
        this.url = url;
      }
    },
    Response: { error: () => 'error' },
  };
  runInNewContext(String(files.get('sw.js')), context);
  return {
    stores,
    fetched,
    /** Sends an event through and answers with what the worker made of it; undefined when it kept out of it. */
    async dispatch(name: string, event: object = {}): Promise<unknown> {
      let result: Promise<unknown> | undefined;
      const take = (promise: Promise<unknown>) => {
        result = promise;
      };
      listeners.get(name)?.({ ...event, waitUntil: take, respondWith: take });
      return result;
    },
  };
}

const request = (path: string, mode = 'cors', method = 'GET') => ({
  request: { url: `https://portal.example${path}`, mode, method },
});

describe('the service worker', () => {
  const anAsset = () =>
    `/portal/${[...files.keys()].find((name) => name.endsWith('.js') && name.startsWith('assets/'))}`;

  it('takes in the page and every file of the build, or nothing at all', async () => {
    const worker = startWorker(async (url) => `body of ${url}`);
    await worker.dispatch('install');
    const assets = [...files.keys()]
      .filter((name) => name.startsWith('assets/'))
      .map((name) => `/portal/${name}`);
    expect(worker.fetched.toSorted()).toEqual(['/portal/dashboard', ...assets].toSorted());
    const broken = startWorker((url) =>
      url.endsWith('.css') ? Promise.reject(new Error('gone')) : Promise.resolve('ok'),
    );
    await expect(broken.dispatch('install')).rejects.toThrow('gone');
    expect([...broken.stores.values()].every((store) => store.size === 0)).toBe(true);
  });

  it('goes to the network where nothing can be kept or looked for', async () => {
    const worker = startWorker(
      async (url) => `fresh ${url}`,
      async () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    );
    expect(await worker.dispatch('fetch', request(anAsset()))).toBe(`fresh ${anAsset()}`);
    expect(await worker.dispatch('fetch', request('/portal/locations', 'navigate'))).toBe(
      'fresh /portal/locations',
    );
  });

  it('shows the page of the network, and the kept one only without a network', async () => {
    const network = vi.fn(async (url: string): Promise<unknown> => `fresh ${url}`);
    const worker = startWorker(network);
    await worker.dispatch('install');
    expect(await worker.dispatch('fetch', request('/portal/locations', 'navigate'))).toBe(
      'fresh /portal/locations',
    );
    network.mockRejectedValue(new TypeError('offline'));
    expect(await worker.dispatch('fetch', request('/portal/locations', 'navigate'))).toBe(
      'fresh /portal/dashboard',
    );
    expect(await worker.dispatch('fetch', request(anAsset()))).toBe(`fresh ${anAsset()}`);
  });

  it.each([
    ['/v1/graphql', 'GET'],
    ['/v1/graphql', 'POST'],
    ['/api/auth/refresh', 'POST'],
    ['/api/portal/vendors/1/tier-upgrade-requests', 'GET'],
    ['/portal/assets/of-a-newer-build.js', 'GET'],
  ])('keeps out of %s %s', async (path, method) => {
    const worker = startWorker(async (url) => `fresh ${url}`);
    await worker.dispatch('install');
    const before = worker.stores.values().next().value?.size;
    expect(await worker.dispatch('fetch', request(path, 'cors', method))).toBeUndefined();
    expect(worker.stores.values().next().value?.size).toBe(before);
  });

  it('drops the builds before it, and what is not its own stays', async () => {
    const worker = startWorker(async () => 'ok');
    await worker.dispatch('install');
    worker.stores.set('tierline-portal-older', new Map());
    worker.stores.set('of-somebody-else', new Map());
    await worker.dispatch('activate');
    expect([...worker.stores.keys()]).toEqual([
      expect.stringMatching(/^tierline-portal-[0-9a-f]{16}$/),
      'of-somebody-else',
    ]);
  });
});
