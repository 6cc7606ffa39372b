import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useKeys } from '../components/useKeys.ts';
import { queuePath, requestPath } from './paths.ts';
import type { MaybeFullRequest } from './types.ts';
import { useDecisionIntent } from './useDecisionIntent.ts';
import { useNextRequest } from './useNextRequest.ts';

/** The request page by keyboard: `a` and `r` prepare a decision (Enter makes it), `n` goes on, Escape goes back. */
export function RequestKeys({ request }: { readonly request: MaybeFullRequest }) {
  const navigate = useNavigate();
  const nextId = useNextRequest(request.id);
  const [, setIntent] = useDecisionIntent();
  const isPending = request.status === 'pending';
  useKeys(
    useMemo(
      () => ({
        a: () => {
          if (isPending) setIntent('approve');
        },
        r: () => {
          if (isPending) setIntent('reject');
        },
        n: () => {
          if (nextId) navigate(requestPath(nextId));
        },
        Escape: () => navigate(queuePath),
      }),
      [isPending, nextId, navigate, setIntent],
    ),
  );
  return null;
}
