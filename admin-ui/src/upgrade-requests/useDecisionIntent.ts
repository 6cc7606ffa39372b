import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { DecisionIntent } from './paths.ts';

/** Which decision is being prepared, kept in the address (`?decide=reject`) so that it can be linked to. */
export function useDecisionIntent(): readonly [
  DecisionIntent | undefined,
  (intent: DecisionIntent | undefined) => void,
] {
  const [search, setSearch] = useSearchParams();
  const value = search.get('decide');
  const intent = value === 'approve' || value === 'reject' ? value : undefined;
  const setIntent = useCallback(
    (next: DecisionIntent | undefined) => {
      setSearch(
        (current) => {
          const params = new URLSearchParams(current);
          if (next) params.set('decide', next);
          else params.delete('decide');
          return params;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setSearch],
  );
  return [intent, setIntent];
}
