/** How fresh the page can be: `live` hears of changes at once, `lost` does not, `offline` cannot even ask. */
export type Connection = 'connecting' | 'live' | 'lost' | 'offline';

/** Follows the browser's own word and the live socket's. */
export interface ConnectionStore {
  readonly state: () => Connection;
  readonly subscribe: (listener: () => void) => () => void;
  readonly socketOpened: () => void;
  readonly socketClosed: () => void;
}

/** Creates the store; it listens for the browser going on and off line. */
export function createConnectionStore(): ConnectionStore {
  let socket: 'connecting' | 'live' | 'lost' = 'connecting';
  const listeners = new Set<() => void>();
  const tellAll = () => {
    for (const listener of listeners) listener();
  };
  const set = (next: typeof socket) => {
    socket = next;
    tellAll();
  };
  return {
    state: () => (navigator.onLine ? socket : 'offline'),
    subscribe(listener) {
      if (listeners.size === 0) {
        addEventListener('online', tellAll);
        addEventListener('offline', tellAll);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        removeEventListener('online', tellAll);
        removeEventListener('offline', tellAll);
      };
    },
    socketOpened: () => set('live'),
    socketClosed: () => set('lost'),
  };
}
