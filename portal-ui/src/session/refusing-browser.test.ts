import { afterEach, expect, it, vi } from 'vitest';
import { announceTab, otherTabsAreOpen, runExclusively } from './refresh-lock.ts';
import { openSessionChannel } from './session-channel.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

/** Locks that are missing, cannot be reached, throw, or refuse later. */
const locks: readonly [string, PropertyDescriptor][] = [
  ['there are none', { get: () => undefined }],
  ['reading them throws', { get: refuse }],
  ['they throw', { value: { request: refuse, query: refuse } }],
  ['they reject', { value: { request: async () => refuse(), query: async () => refuse() } }],
];

it.each(locks)('work is done once, and its own errors are told, when %s', async (_, descriptor) => {
  Object.defineProperty(navigator, 'locks', { configurable: true, ...descriptor });
  const work = vi.fn(async () => 'done');
  expect(await runExclusively(work)).toBe('done');
  expect(work).toHaveBeenCalledTimes(1);
  const failing = vi.fn(() => Promise.reject(new Error('refused by the server')));
  await expect(runExclusively(failing)).rejects.toThrow('refused by the server');
  expect(failing).toHaveBeenCalledTimes(1);
  await announceTab();
  expect(await otherTabsAreOpen()).toBe(true);
  Reflect.deleteProperty(navigator, 'locks');
});

it('work that fails inside a lock is not done again', async () => {
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: { request: (_name: string, work: () => Promise<unknown>) => work() },
  });
  const failing = vi.fn(() => Promise.reject(new Error('refused by the server')));
  await expect(runExclusively(failing)).rejects.toThrow('refused by the server');
  expect(failing).toHaveBeenCalledTimes(1);
  Reflect.deleteProperty(navigator, 'locks');
});

it.each([
  ['missing', undefined],
  ['forbidden', refuse],
  [
    'mute',
    class {
      addEventListener() {}
      removeEventListener() {}
      close() {}
      postMessage = refuse;
    },
  ],
])('a line between tabs that is %s stops nothing', (_, broadcast) => {
  vi.stubGlobal('BroadcastChannel', broadcast);
  const channel = openSessionChannel('of-a-test');
  const stop = channel.listen(() => {});
  channel.tell({ kind: 'signed-out' });
  stop();
  channel.close();
});
