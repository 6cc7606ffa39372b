import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useToast } from '../../components/Toasts.tsx';
import { useMessages } from '../../messages/messages.tsx';
import { useTierName } from '../tiers/useTierName.ts';
import { useLiveNotifications } from './LiveNotifications.tsx';
import { notificationText, topicOf } from './notification.ts';

/** Tells of a notification that arrives while the page is open; the dashboard tells of decisions by itself. */
export function useNotificationNews(): void {
  const { latest } = useLiveNotifications();
  const messages = useMessages();
  const nameOf = useTierName();
  const toast = useToast();
  const { pathname } = useLocation();
  const known = useRef<Set<string> | undefined>(undefined);

  useEffect(() => {
    if (!latest) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...latest.map(({ id }) => id)]);
    if (!before) return;
    // The list has the newest first, and the newest is to be told last.
    for (const notification of [...latest].reverse()) {
      if (before.has(notification.id) || notification.read_at || notification.done_at) continue;
      const topic = topicOf(notification);
      if (pathname === paths.dashboard && topic !== 'other') continue;
      const { title, body } = notificationText(notification, messages, nameOf);
      const tone = topic === 'approved' ? 'success' : topic === 'rejected' ? 'warning' : 'info';
      toast({ tone, text: topic === 'rejected' ? `${title}.` : `${title}. ${body}` });
    }
  }, [latest, messages, nameOf, toast, pathname]);
}
