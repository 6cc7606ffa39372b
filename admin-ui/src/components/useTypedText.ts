import { useEffect, useRef, useState } from 'react';

/** How long one pauses, in ms, before what was typed is asked for. */
const PAUSE = 250;

/**
 * The text of a box whose meaning lives elsewhere, such as in the address: it is applied once typing pauses, and the
 * box follows when it is changed from elsewhere (back, forward, "clear filters").
 *
 * What the box itself asked for arrives a moment later, when more may have been typed since: that changes nothing, or
 * the letters in between would be lost.
 */
export function useTypedText(
  applied: string,
  apply: (text: string) => void,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(applied);
  const askedFor = useRef<readonly string[]>([]);
  const applyNow = useRef(apply);
  applyNow.current = apply;

  useEffect(() => {
    const own = askedFor.current.indexOf(applied);
    askedFor.current = askedFor.current.slice(own + 1);
    if (own !== -1) return;
    askedFor.current = [];
    setTyped(applied);
  }, [applied]);

  useEffect(() => {
    if (typed === (askedFor.current.at(-1) ?? applied)) return;
    const timer = setTimeout(() => {
      askedFor.current = [...askedFor.current, typed];
      applyNow.current(typed);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, applied]);

  return [typed, setTyped];
}
