import { useSyncExternalStore } from 'react';

/** The pages of the console. */
export type Route = 'graphiql' | 'permissions';

/** The page that the address names: `#/permissions`, or GraphiQL for everything else. */
export function useRoute(): Route {
  return useSyncExternalStore(
    (onChange) => {
      window.addEventListener('hashchange', onChange);
      return () => window.removeEventListener('hashchange', onChange);
    },
    () => (window.location.hash === '#/permissions' ? 'permissions' : 'graphiql'),
  );
}
