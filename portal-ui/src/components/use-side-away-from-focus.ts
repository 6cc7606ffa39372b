import { useEffect, useRef, useState } from 'react';

type Side = 'bottom' | 'top';

/** The control that has the focus, if any; headings and pages take it only to be read out, and may lie anywhere. */
function focusedControl(): HTMLElement | undefined {
  const element = document.activeElement;
  return element instanceof HTMLElement && element !== document.body && element.tabIndex >= 0
    ? element
    : undefined;
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  return one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right;
}

/**
 * The side of the window where a floating corner lies: at the bottom, unless that would cover the control that has the
 * focus. `count` is how many things lie there; nothing is moved while there are none.
 */
export function useSideAwayFromFocus(count: number) {
  const corner = useRef<HTMLDivElement>(null);
  const [side, setSide] = useState<Side>('bottom');

  useEffect(() => {
    if (count === 0) return setSide('bottom');
    const giveWay = () => {
      const control = focusedControl();
      const own = corner.current;
      if (!control || !own || own.contains(control)) return;
      if (overlap(own.getBoundingClientRect(), control.getBoundingClientRect()))
        setSide((before) => (before === 'bottom' ? 'top' : 'bottom'));
    };
    giveWay();
    document.addEventListener('focusin', giveWay);
    return () => document.removeEventListener('focusin', giveWay);
  }, [count]);

  return { side, corner };
}
