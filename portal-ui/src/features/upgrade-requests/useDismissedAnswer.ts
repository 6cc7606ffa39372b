import { useState } from 'react';
import { storedValue } from '../../lib/stored-value.ts';

/**
 * Which answer somebody has put away, by the id of its request. Kept for the person on this device, beside their drafts
 * and the tier they saw last; where nothing can be kept it holds as long as the page.
 */
export function useDismissedAnswer(userId: string) {
  const key = `tierline:portal:dismissed-answer:${userId}`;
  const [dismissed, setDismissed] = useState(() => storedValue.read(key));
  return {
    dismissed,
    dismiss(requestId: string) {
      storedValue.write(key, requestId);
      setDismissed(requestId);
    },
  };
}
