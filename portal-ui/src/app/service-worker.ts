/** Registers the worker that lets the installed app open offline; a browser that has or allows none goes on without. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD) return;
  // After the page stands, so that fetching ahead for another day never slows down this one.
  addEventListener('load', () => {
    void register();
  });
}

async function register(): Promise<void> {
  try {
    // Reading the property may throw already, where storage is blocked.
    await navigator.serviceWorker?.register(`${import.meta.env.BASE_URL}sw.js`);
  } catch {
    // The app needs the line then, as any page does.
  }
}

const key = 'tierline:portal:reloaded-for';

/**
 * A tab that was opened before a newer build was put in place asks for files that are gone. Loading the page again
 * brings the new build, with drafts kept on the device; once only, so that a real fault cannot go round in circles.
 */
export function reloadWhenOutdated(): void {
  addEventListener('vite:preloadError', () => {
    if (!navigator.onLine) return;
    try {
      const before = Number(sessionStorage.getItem(key) ?? 0);
      if (Date.now() - before < 60_000) return;
      sessionStorage.setItem(key, String(Date.now()));
    } catch {
      return;
    }
    location.reload();
  });
}
