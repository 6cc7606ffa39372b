import { storedValue } from '../../lib/stored-value.ts';

/** What somebody has typed and not sent. It stays on the device. */
export interface RequestDraft {
  readonly targetTier: number | null;
  readonly text: string;
}

/** A user's draft, told apart from other users' on the same machine and by the request it answers to. */
function keyOf(userId: string, again: string | null): string {
  return `tierline:portal:draft:${userId}${again ? `:${again}` : ''}`;
}

/** The stored draft; undefined when there is none or what is stored is not one. */
export function readDraft(userId: string, again: string | null): RequestDraft | undefined {
  const stored = storedValue.read(keyOf(userId, again));
  if (stored === null) return undefined;
  try {
    const { targetTier, text } = JSON.parse(stored) as { targetTier?: unknown; text?: unknown };
    if (typeof text !== 'string' || text.trim() === '') return undefined;
    return { text, targetTier: typeof targetTier === 'number' ? targetTier : null };
  } catch {
    return undefined;
  }
}

/** Keeps a draft; an empty one is no draft. Answers whether it is stored. */
export function writeDraft(userId: string, again: string | null, draft: RequestDraft): boolean {
  if (draft.text.trim() !== '') return storedValue.write(keyOf(userId, again), JSON.stringify(draft));
  removeDraft(userId, again);
  return false;
}

/** Forgets the draft of a request that has arrived after all, although its sender never heard so. */
export function forgetSentDraft(userId: string, sent: { readonly business_justification: string }): void {
  const draft = readDraft(userId, null);
  if (draft?.text.trim() === sent.business_justification) removeDraft(userId, null);
}

/** Forgets a draft once it is sent or thrown away. */
export function removeDraft(userId: string, again: string | null): void {
  storedValue.remove(keyOf(userId, again));
}
