import { useEffect, useRef } from 'react';
import { useToast } from '../../components/Toasts.tsx';
import { useMessages } from '../../messages/messages.tsx';
import { statusOf } from './upgrade-request.ts';

/**
 * Tells of a decision while the page is open. It compares the newest request with what this page last knew of it, so
 * it speaks whether the change came live, after a gap in the connection, or from this tab's own click.
 */
export function useRequestNews(
  newest: { readonly id: string; readonly status: string; readonly target_tier: number } | undefined,
  nameOf: ((level: number) => string) | undefined,
): void {
  const toast = useToast();
  const { live, pending } = useMessages();
  const waiting = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (!newest || !nameOf) return;
    const status = statusOf(newest);
    if (status === 'pending') {
      waiting.current = newest.id;
      return;
    }
    if (waiting.current !== newest.id) return;
    waiting.current = undefined;
    if (status === 'approved') toast({ tone: 'success', text: live.approved(nameOf(newest.target_tier)) });
    else if (status === 'rejected') toast({ tone: 'warning', text: live.rejected });
    else toast({ tone: 'info', text: pending.cancelled });
  }, [newest, nameOf, toast, live, pending]);
}
