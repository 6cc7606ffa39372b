import { useSyncExternalStore } from 'react';
import { fullTime, relativeTime } from '../lib/time.ts';
import { useMessages } from '../messages/messages.tsx';

const tick = 30_000;
const readers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times on the page, running while any of them is shown. */
function watchClock(reader: () => void): () => void {
  if (readers.size === 0) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const each of readers) each();
    }, tick);
  }
  readers.add(reader);
  return () => {
    readers.delete(reader);
    if (readers.size === 0) clearInterval(timer);
  };
}

/** The time of now, to the half minute; renders again as it goes on. */
export function useClock(): number {
  return useSyncExternalStore(watchClock, () => now);
}

/** "2 hours ago", kept true while the page stays open; the exact moment is its title. */
export function RelativeTime({ at }: { at: string }) {
  const messages = useMessages();
  const clock = useClock();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={fullTime(moment, messages.locale)}>
      {relativeTime(moment, Math.max(clock, moment.getTime()), messages)}
    </time>
  );
}
