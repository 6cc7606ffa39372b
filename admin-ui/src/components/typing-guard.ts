/**
 * Keeps single-key shortcuts from being set off by somebody who believes to be typing. A field that goes away under a
 * typist (a colleague decided, the page changed) would turn the rest of their sentence into commands.
 */

/** How long, in ms, keys are deaf after a field went away under somebody's typing. */
const AFTER_FIELD = 2_000;
/** How much longer each further letter of that sentence keeps them deaf, in ms. */
const WHILE_TYPING = 1_000;

let typist: HTMLElement | undefined;
let deafUntil = 0;
let typingUntil = 0;

/** Whether letters typed there are text. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (!(target instanceof HTMLInputElement)) return target instanceof HTMLSelectElement;
  return !['checkbox', 'radio', 'button', 'submit', 'reset', 'range'].includes(target.type);
}

/** Makes the keys deaf for some ms, such as while a page that has just appeared is not taken in yet. */
export function deafenKeys(milliseconds: number): void {
  deafUntil = Math.max(deafUntil, performance.now() + milliseconds);
}

/** Whether a key pressed now must not do anything. Escape, which is no letter and decides nothing, leaves a new page at once. */
export function areKeysDeaf(key: string): boolean {
  if (typist && isGone(typist)) wentAway();
  return performance.now() < Math.max(typingUntil, key === 'Escape' ? 0 : deafUntil);
}

function isGone(field: HTMLElement): boolean {
  return !field.isConnected || field.matches(':disabled') || field.closest('[hidden]') !== null;
}

function wentAway(): void {
  follow(undefined);
  typingUntil = performance.now() + AFTER_FIELD;
}

let watcher: MutationObserver | undefined;

/** Notes who is typing where. Only while somebody is, changes of the page are looked at. */
function follow(field: HTMLElement | undefined): void {
  if (field === typist) return;
  typist = field;
  watcher?.disconnect();
  watcher = undefined;
  if (!field) return;
  watcher = new MutationObserver(() => {
    if (typist && isGone(typist)) wentAway();
  });
  watcher.observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden'],
  });
}

/** Whether a key ends the writing by the person's own will: it sends or leaves the form. */
function ends(event: KeyboardEvent): boolean {
  if (event.key === 'Escape') return true;
  if (event.key !== 'Enter') return false;
  return event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement;
}

/** A letter of a sentence whose field is gone: it does nothing, and neither does the next one soon after. */
function goOnWithSentence(event: KeyboardEvent): void {
  if (typist && isGone(typist)) wentAway();
  const now = performance.now();
  if (now >= typingUntil) return;
  if (event.key === 'Tab') typingUntil = 0;
  else if ([...event.key].length === 1 || event.key === 'Enter') {
    typingUntil = Math.max(typingUntil, now + WHILE_TYPING);
    // On whatever has the focus now, these two would be a click.
    if (event.key === ' ' || event.key === 'Enter') event.preventDefault();
  }
}

let isWatching = false;

/** Starts to follow who types where; once for a page. */
export function watchTyping(): void {
  if (isWatching) return;
  isWatching = true;
  const onKey = (event: KeyboardEvent) => {
    if (!isEditable(event.target)) goOnWithSentence(event);
    else follow(ends(event) ? undefined : (event.target as HTMLElement));
  };
  const onFocus = (event: FocusEvent) => {
    if (typist && isGone(typist)) wentAway();
    follow(isEditable(event.target) ? (event.target as HTMLElement) : undefined);
  };
  const onPointer = (event: PointerEvent) => {
    if (typist && isGone(typist)) wentAway();
    else if (!isEditable(event.target)) follow(undefined);
  };
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('focusin', onFocus, true);
  document.addEventListener('pointerdown', onPointer, true);
}

/** Forgets everything, as a page just opened. */
export function resetTyping(): void {
  follow(undefined);
  deafUntil = 0;
  typingUntil = 0;
}
