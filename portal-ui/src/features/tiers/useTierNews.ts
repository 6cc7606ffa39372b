import { useEffect, useState } from 'react';
import { useToast } from '../../components/Toasts.tsx';
import { storedValue } from '../../lib/stored-value.ts';
import { useMessages } from '../../messages/messages.tsx';
import type { TierAccess } from './tier-access.ts';

/** A rise the reader has not acknowledged yet. */
export interface TierNews {
  /** The tier from before, when the vendor has risen since. */
  readonly risenSince: number | null;
  readonly dismiss: () => void;
}

/**
 * Notices that the tier is not what this device last saw, also when that happened while the page was closed. A rise
 * stays news until it is acknowledged; a step down is told once.
 */
export function useTierNews(vendorId: string, access: TierAccess | undefined): TierNews {
  const key = `tierline:portal:seen-tier:${vendorId}`;
  const toast = useToast();
  const { live } = useMessages();
  const [seen, setSeen] = useState(() => Number(storedValue.read(key)) || null);

  useEffect(() => {
    if (!access || seen === access.level) return;
    if (seen !== null && access.comparedWith(seen) === 'above') return;
    if (seen !== null) toast({ tone: 'info', text: live.tierDown(access.name) });
    storedValue.write(key, String(access.level));
    setSeen(access.level);
  }, [access, seen, key, toast, live]);

  return {
    risenSince: access && seen !== null && access.comparedWith(seen) === 'above' ? seen : null,
    dismiss() {
      if (!access) return;
      storedValue.write(key, String(access.level));
      setSeen(access.level);
    },
  };
}
