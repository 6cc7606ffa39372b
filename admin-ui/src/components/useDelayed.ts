import { skeletonDelay } from '@tierline/design';
import { useEffect, useState } from 'react';

/** True once `active` has lasted long enough to be worth showing, so that quick answers never flash a skeleton. */
export function useDelayed(active: boolean): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!active) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), skeletonDelay);
    return () => clearTimeout(timer);
  }, [active]);
  return active && shown;
}
