import { useEffect } from 'react';
import { actionOf, useKeyBindings } from '../preferences/key-bindings.ts';
import { areKeysDeaf, isEditable, watchTyping } from './typing-guard.ts';

/** What each key does; keys are named as `KeyboardEvent.key` names them, and characters by their default. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Whether the person is typing or in a dialog or menu, where plain keys mean something else. */
function isElsewhere(target: EventTarget | null): boolean {
  if (isEditable(target)) return true;
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}

/** Whether the console waits, hidden, for somebody to sign in again. */
function isHidden(): boolean {
  return document.querySelector('main')?.closest('[hidden]') != null;
}

/**
 * Single-key shortcuts for as long as the component is there. Modified keys stay the browser's. They do nothing while
 * somebody types, nor right after the field they were typing in went away, nor where they are switched off.
 */
export function useKeys(keys: KeyMap): void {
  const [bindings] = useKeyBindings();
  useEffect(watchTyping, []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isElsewhere(event.target)
      )
        return;
      // Enter on a focused link or button is that link's or button's own.
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button'))
        return;
      const action = actionOf(bindings, event.key);
      const act = action !== undefined && Object.hasOwn(keys, action) ? keys[action] : undefined;
      if (!act || isHidden() || areKeysDeaf(event.key)) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [keys, bindings]);
}
