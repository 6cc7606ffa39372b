/** Whether a click fell on a link, which takes care of it itself (also of a middle click or one with a key held). */
export function isOnLink(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a') !== null;
}
