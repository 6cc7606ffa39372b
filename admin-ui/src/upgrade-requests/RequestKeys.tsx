import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useKeys } from '../components/useKeys.ts';
import { queuePath, requestPath } from './paths.ts';
import type { MaybeFullRequest } from './types.ts';
import { useNextRequest } from './useNextRequest.ts';

/** The request page by keyboard: `n` goes on in the list one came from, and past its end to who waits longest; Escape goes back. What decides is the decision form's own. */
export function RequestKeys({ request }: { readonly request: MaybeFullRequest }) {
  const navigate = useNavigate();
  const nextId = useNextRequest(request)?.id;
  useKeys(
    useMemo(
      () => ({
        n: () => {
          if (nextId) navigate(requestPath(nextId));
        },
        Escape: () => navigate(queuePath),
      }),
      [nextId, navigate],
    ),
  );
  return null;
}
