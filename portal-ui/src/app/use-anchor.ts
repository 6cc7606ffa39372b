import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** Brings a part of the page into view when the address names it; the browser looked for it before it was drawn. */
export function useAnchor(anchor: string): void {
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: following the same link once more counts as well
  useEffect(() => {
    if (hash === `#${anchor}`) document.getElementById(anchor)?.scrollIntoView();
  }, [hash, anchor, key]);
}
