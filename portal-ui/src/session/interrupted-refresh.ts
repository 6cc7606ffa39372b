import { storedValue } from '../lib/stored-value.ts';
import { readCsrfToken } from './cookies.ts';

const key = 'tierline:portal:refresh-under-way';
const longestWait = 3_000;
const step = 50;

interface Mark {
  readonly at: number;
  readonly csrf: string | undefined;
}

function readMark(): Mark | undefined {
  const text = storedValue.read(key);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Mark;
  } catch {
    return undefined;
  }
}

/** Notes that a refresh is on its way; the returned function takes the note back once the answer is here. */
export function markRefreshUnderWay(): () => void {
  storedValue.write(key, JSON.stringify({ at: Date.now(), csrf: readCsrfToken() } satisfies Mark));
  return () => storedValue.remove(key);
}

/**
 * A page that is reloaded in the middle of a refresh leaves the browser with a call whose cookie has not arrived yet.
 * Using the old cookie again would end the session, so this waits until the new one is here, or long enough that it
 * will not come.
 */
export async function awaitInterruptedRefresh(): Promise<void> {
  const mark = readMark();
  if (!mark) return;
  // A note from the future (a clock that was set back) must not make anybody wait for that future.
  const deadline = Math.min(mark.at, Date.now()) + longestWait;
  while (Date.now() < deadline && readCsrfToken() === mark.csrf) {
    await new Promise((resolve) => setTimeout(resolve, step));
  }
  storedValue.remove(key);
}
