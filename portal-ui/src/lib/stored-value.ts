/**
 * Local storage that may be full or forbidden (private windows, strict settings). Whatever is kept there is a comfort,
 * so losing it must never stop a page from working.
 */
export const storedValue = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): boolean {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was stored where nothing can be.
    }
  },
};
