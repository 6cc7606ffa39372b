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

/** Opens the line. A browser without BroadcastChannel has tabs that each look after themselves. */
export function openSessionChannel(name = 'tierline-portal-session'): SessionChannel {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, listen: () => () => {}, close() {} };
  const channel = new BroadcastChannel(name);
  return {
    tell: (news) => channel.postMessage(news),
    listen(listener) {
      const onMessage = (event: MessageEvent<SessionNews>) => listener(event.data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
    close: () => channel.close(),
  };
}
