import { useCallback } from 'react';
import { useToast } from '../../components/Toasts.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionStore } from '../../session/SessionProvider.tsx';

/** Signs out, here or everywhere. When that failed it says so: nobody should leave a machine signed in by mistake. */
export function useSignOut() {
  const store = useSessionStore();
  const toast = useToast();
  const messages = useMessages();
  return useCallback(
    async (options?: { everywhere?: boolean }) => {
      try {
        await store.signOut(options);
      } catch (error) {
        toast({ tone: 'danger', text: problemText(problemOf(error), messages) });
      }
    },
    [store, toast, messages],
  );
}
