import { useGetIdentity } from 'ra-core';
import { useCallback, useEffect, useState } from 'react';
import { browserStorage } from './browser-storage.ts';

/** A text that was begun and not sent. */
interface Stored {
  readonly text: string;
  /** When it was last written at, in ms since 1970. */
  readonly at: number;
}

const PREFIX = 'tierline-draft-';
/** How long a text that nobody comes back to is kept, in ms. */
const KEPT = 30 * 24 * 3_600_000;
/** How many are kept for all persons of this browser; the oldest go first. */
const MOST = 100;

function read(key: string): Stored | undefined {
  try {
    const stored = JSON.parse(browserStorage.read(key) ?? 'null') as Partial<Stored> | null;
    if (typeof stored?.text !== 'string' || typeof stored.at !== 'number') return undefined;
    return { text: stored.text, at: stored.at };
  } catch {
    return undefined;
  }
}

/** Forgets drafts that are old, or more than anyone needs. */
function tidy(): void {
  const drafts = browserStorage
    .keys(PREFIX)
    .map((key) => ({ key, at: read(key)?.at ?? 0 }))
    .sort((one, other) => other.at - one.at);
  for (const [index, { key, at }] of drafts.entries()) {
    if (index >= MOST || Date.now() - at > KEPT) browserStorage.remove(key);
  }
}

export interface Draft {
  readonly text: string;
  readonly set: (text: string) => void;
  /** Sent or thrown away: nothing is kept any more. */
  readonly clear: () => void;
}

/** Texts that could not be stored: only these are lost with the page. */
const unkept = new Set<string>();

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function note(key: string, isKept: boolean): void {
  if (isKept) unkept.delete(key);
  else unkept.add(key);
  if (unkept.size > 0) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
}

/**
 * A half-written text, kept in this browser for the person and the thing it is about until it is sent or thrown away: a
 * click beside a dialog, a reload or somebody else's decision costs nothing. Where the browser refuses to keep it, it
 * lasts as long as the page, and leaving that asks first.
 * @param thing what it is about, such as `reason-` and a request's id
 */
export function useDraft(thing: string): Draft {
  const userId = useGetIdentity().identity?.id;
  const key = `${PREFIX}${userId ?? ''}-${thing}`;
  const [text, setText] = useState(() => read(key)?.text ?? '');
  // The person is known a moment after the page; what they began before comes then, unless they began anew.
  useEffect(() => setText((now) => now || (read(key)?.text ?? '')), [key]);
  useEffect(tidy, []);
  const clear = useCallback(() => {
    browserStorage.remove(key);
    note(key, true);
    setText('');
  }, [key]);
  const set = useCallback(
    (next: string) => {
      if (next === '') return clear();
      note(key, browserStorage.write(key, JSON.stringify({ text: next, at: Date.now() } satisfies Stored)));
      setText(next);
    },
    [key, clear],
  );
  return { text, set, clear };
}

/** Asks before the page is left while it holds what is kept nowhere, such as a password. */
export function useLeaveWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    window.addEventListener('beforeunload', warn);
    return () => {
      if (unkept.size === 0) window.removeEventListener('beforeunload', warn);
    };
  }, [isNeeded]);
}
