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

/** The browser's own line; undefined where there is none, or where it refuses to open it (as in some private windows). */
function openBroadcast(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

/** Opens the line. A browser without one, or that refuses it, has tabs that each look after themselves. */
export function openSessionChannel(name = 'tierline-portal-session'): SessionChannel {
  const channel = openBroadcast(name);
  if (!channel) return { tell() {}, listen: () => () => {}, close() {} };
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
