/**
 * What this browser remembers. A browser may refuse storage altogether (private windows, strict settings) or have none
 * left; then values last as long as this page does. Nothing here throws.
 */
const memory = new Map<string, string>();

/** The browser's own store; undefined where even asking for it throws. */
function store(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function attempt<T>(work: (storage: Storage) => T): T | undefined {
  const storage = store();
  try {
    return storage && work(storage);
  } catch {
    return undefined;
  }
}

export const browserStorage = {
  read(key: string): string | null {
    return memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null;
  },
  /** @returns whether it will outlive this page */
  write(key: string, value: string): boolean {
    const isKept = attempt((storage) => {
      storage.setItem(key, value);
      return true;
    });
    if (isKept) memory.delete(key);
    else memory.set(key, value);
    return isKept === true;
  },
  remove(key: string): void {
    memory.delete(key);
    attempt((storage) => storage.removeItem(key));
  },
  /** The names of everything that is stored under a prefix. */
  keys(prefix: string): string[] {
    const stored = attempt((storage) =>
      Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? ''),
    );
    return [...new Set([...(stored ?? []), ...memory.keys()])].filter((key) => key.startsWith(prefix));
  },
};
