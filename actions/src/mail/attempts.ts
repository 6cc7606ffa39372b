/** When a mail that did not go out is tried again, and when it is given up. */

const FIRST_DELAY_SECONDS = 10;
const LONGEST_DELAY_SECONDS = 15 * 60;

/** For a server that is away or busy: about a day. */
const MAX_ATTEMPTS = 100;

/** For a server that says no: more than once, because servers are set up wrongly more often than addresses are. */
const MAX_REFUSALS = 5;

/** Seconds until the next attempt after so many, doubled each time and a little scattered; null when that was the last. */
export function nextDelay(
  attempts: number,
  isRefusal: boolean,
  random: () => number = Math.random,
): number | null {
  if (attempts >= (isRefusal ? MAX_REFUSALS : MAX_ATTEMPTS)) return null;
  const delay = Math.min(FIRST_DELAY_SECONDS * 2 ** (attempts - 1), LONGEST_DELAY_SECONDS);
  return delay * (1 + random() / 5);
}
