import { useEffect } from 'react';

/** Does something once the browser has its line back, for as long as `isWaiting`. */
export function useBackOnline(isWaiting: boolean, work: () => void): void {
  useEffect(() => {
    if (!isWaiting) return;
    addEventListener('online', work);
    return () => removeEventListener('online', work);
  }, [isWaiting, work]);
}
