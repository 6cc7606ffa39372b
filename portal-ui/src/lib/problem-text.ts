import type { Messages } from '../messages/en.ts';
import type { ApiProblem } from './api-error.ts';
import { clockTimeIn, waitingSpan } from './time.ts';

/** The sentence for a problem: its cause and the way out, in the reader's language. */
export function problemText(problem: ApiProblem, messages: Messages, now = Date.now()): string {
  const { errors, locale } = messages;
  if (problem.code === 'RATE_LIMIT_EXCEEDED' && problem.retryAfter !== undefined) {
    return errors.retryAt(
      clockTimeIn(problem.retryAfter, now, locale),
      waitingSpan(problem.retryAfter, messages),
    );
  }
  return errors[problem.code];
}
