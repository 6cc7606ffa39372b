import { useLayoutEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** Starts every page at its top. Going back in the browser's history is left to the browser, which knows where one was. */
export function useScrollReset(): void {
  const { pathname } = useLocation();
  const navigation = useNavigationType();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the kind of navigation belongs to the address it led to.
  useLayoutEffect(() => {
    if (navigation !== 'POP') window.scrollTo(0, 0);
  }, [pathname]);
}
