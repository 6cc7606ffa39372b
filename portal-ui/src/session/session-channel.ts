import type { Session } from './session.ts';

/** What one tab tells the others. Only pages of this origin can listen. */
export type SessionNews =
  | { readonly kind: 'signed-in'; readonly session: Session }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'who-is-signed-in' };

/** The line between the tabs of one browser. */
export interface SessionChannel {
  tell(news: SessionNews): void;
  listen(listener: (news: SessionNews) => void): () => void;
  close(): void;
}

/** Opens the line. Where the browser has none or refuses it, tabs each look after themselves. */
export function openSessionChannel(name = 'tierline-portal-session'): SessionChannel {
  const channel = openBroadcast(name);
  if (!channel) return { tell() {}, listen: () => () => {}, close() {} };
  return {
    tell(news) {
      try {
        channel.postMessage(news);
      } catch {
        // Closed with the page, or refused: the other tabs renew their session themselves.
      }
    },
    listen(listener) {
      const onMessage = (event: MessageEvent<SessionNews>) => listener(event.data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
    close: () => channel.close(),
  };
}

/** Undefined where there is no such thing, and where opening it is forbidden, as with blocked storage. */
function openBroadcast(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
