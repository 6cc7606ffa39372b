import { afterEach, expect, it, vi } from 'vitest';
import { openSessionChannel } from './session-channel.ts';

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ['is missing', undefined],
  [
    'throws when opened',
    class {
      constructor() {
        throw new DOMException('refused', 'SecurityError');
      }
    },
  ],
])('stands alone where BroadcastChannel %s', (_, BroadcastChannel) => {
  vi.stubGlobal('BroadcastChannel', BroadcastChannel);
  const channel = openSessionChannel();
  const heard = vi.fn();
  const stop = channel.listen(heard);
  channel.tell({ kind: 'signed-out' });
  stop();
  channel.close();
  expect(heard).not.toHaveBeenCalled();
});
