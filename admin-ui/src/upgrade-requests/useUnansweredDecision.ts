import { useEffect, useRef, useState } from 'react';
import { isUnknownOutcome } from '../errors/outcome.ts';

/** How long, in ms, an answer may take before one looks whether it was done all the same. */
const SOON = 5_000;
/** Between two looks, in ms. */
const LOOK_EVERY = 3_000;

/** How a decision stands that nobody answered: `seenAt` is when the request was last seen pending since. */
export interface Unanswered {
  readonly isUnanswered: boolean;
  readonly seenAt: number | undefined;
}

interface Attempt {
  readonly isPending: boolean;
  readonly error: unknown;
}

/**
 * Follows a decision that has no answer, or not yet: it may have been done, so the request is read again until that
 * shows. As long as it does not, it may still be done later.
 * @param look reads the request again; resolves once that came back
 * @param isOpen whether the request is pending as far as we know
 */
export function useUnansweredDecision(
  attempt: Attempt,
  isOpen: boolean,
  look: () => Promise<unknown>,
): Unanswered {
  const [isSlow, setIsSlow] = useState(false);
  const [seenAt, setSeenAt] = useState<number>();
  const isUnanswered = isOpen && (isUnknownOutcome(attempt.error) || (attempt.isPending && isSlow));

  useEffect(() => {
    setIsSlow(false);
    if (!attempt.isPending) return;
    const timer = setTimeout(() => setIsSlow(true), SOON);
    return () => clearTimeout(timer);
  }, [attempt.isPending]);

  const lookNow = useRef(look);
  lookNow.current = look;
  useEffect(() => {
    setSeenAt(undefined);
    if (!isUnanswered) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const again = async () => {
      const found = await lookNow.current().then(
        () => true,
        () => false,
      );
      if (isOver) return;
      if (found) setSeenAt(Date.now());
      timer = setTimeout(() => void again(), LOOK_EVERY);
    };
    void again();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isUnanswered]);

  return { isUnanswered, seenAt };
}
