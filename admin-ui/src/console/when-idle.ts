/**
 * Runs something once the browser has nothing better to do, such as fetching a script that will probably be wanted.
 * @returns takes it back, if it has not begun
 */
export function whenIdle(work: () => void): () => void {
  // Safari has no requestIdleCallback.
  if (!window.requestIdleCallback) {
    const timer = setTimeout(work);
    return () => clearTimeout(timer);
  }
  const idle = window.requestIdleCallback(work, { timeout: 2_000 });
  return () => window.cancelIdleCallback(idle);
}
