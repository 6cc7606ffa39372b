import { useCallback, useEffect, useState } from 'react';
import type { Metadata } from '../../metadata/types.ts';
import type { Access } from './access.ts';

/** The engine's metadata, as far as the access in use may see it. */
export type MetadataState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly metadata: Metadata }
  /** Somebody else's business: the metadata is for administrators. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed' };

/** Reads the metadata for an access, and anew when asked. The role in use does not matter, the secret does. */
export function useMetadata(access: Access): { state: MetadataState; reload: () => void } {
  const [state, setState] = useState<MetadataState>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const { kind, secret } = access;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again for the same.
  useEffect(() => {
    const asking = new AbortController();
    setState({ kind: 'loading' });
    exportMetadata(kind, secret, asking.signal).then(
      (next) => setState(next),
      () => {
        if (!asking.signal.aborted) setState({ kind: 'failed' });
      },
    );
    return () => asking.abort();
  }, [kind, secret, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { state, reload };
}

/** A token is never sent along: whoever has one looks at the API as its owner. */
async function exportMetadata(
  kind: Access['kind'],
  secret: string,
  signal: AbortSignal,
): Promise<MetadataState> {
  if (kind === 'token') return { kind: 'refused' };
  if (kind === 'none' && (await isLocked(signal))) return { kind: 'refused' };
  const response = await fetch('/v1/metadata', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(kind === 'admin-secret' ? { 'x-hasura-admin-secret': secret } : {}),
    },
    body: JSON.stringify({ type: 'export_metadata', args: {} }),
    signal,
  });
  if (response.ok) return { kind: 'ready', metadata: (await response.json()) as Metadata };
  return { kind: response.status < 500 ? 'refused' : 'failed' };
}

/** Whether the engine has an admin secret; without one everybody is an administrator. */
async function isLocked(signal: AbortSignal): Promise<boolean> {
  const response = await fetch('/console/settings.json', { signal });
  return ((await response.json()) as { hasAdminSecret: boolean }).hasAdminSecret;
}
