import { useEffect } from 'react';
import { useMessages } from '../messages/messages.tsx';

/** Names the page in the browser tab. */
export function usePageTitle(title: string): void {
  const { brand } = useMessages();
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
}
