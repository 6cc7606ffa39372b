import { usePreference } from './usePreference.ts';

/** Every shortcut that is a single character, named by the key that it has until somebody changes it. */
export const changeableKeys = ['j', 'k', 'x', 'a', 'r', 'n', '/', '?'] as const;

export type ChangeableKey = (typeof changeableKeys)[number];

/** Whether single keys act at all, and which key stands for which shortcut. */
export interface KeyBindings {
  readonly on: boolean;
  readonly keys: Readonly<Partial<Record<ChangeableKey, string>>>;
}

function isChangeable(key: string): key is ChangeableKey {
  return changeableKeys.some((known) => known === key);
}

function readBindings(stored: unknown): KeyBindings {
  const { on, keys } = (stored ?? {}) as { readonly on?: unknown; readonly keys?: unknown };
  const known = Object.entries(keys ?? {}).filter(
    ([action, key]) => isChangeable(action) && typeof key === 'string' && isUsable(key),
  );
  return { on: on !== false, keys: Object.fromEntries(known) };
}

/** Whether a key can be a shortcut: one character that is not a space, which scrolls and ticks. */
export function isUsable(key: string): boolean {
  return [...key].length === 1 && key.trim() !== '';
}

/** The key that a shortcut has now. */
export function keyOf({ keys }: KeyBindings, action: ChangeableKey): string {
  return keys[action] ?? action;
}

/** The keys to print for shortcuts, such as `j k`: changed ones as they are now. */
export function printed(keys: string, bindings: KeyBindings): string {
  return keys
    .split(' ')
    .map((key) => (isChangeable(key) ? keyOf(bindings, key) : key))
    .join(' ');
}

/**
 * The shortcut that a pressed key stands for; undefined for none. Keys with a name, such as Enter, are not changeable
 * and stand for themselves.
 */
export function actionOf(bindings: KeyBindings, pressed: string): string | undefined {
  if ([...pressed].length > 1) return pressed;
  if (!bindings.on) return undefined;
  return changeableKeys.find((action) => keyOf(bindings, action) === pressed);
}

/** Gives a shortcut another key; whichever had that key gets the one that is free now. */
export function rebind(bindings: KeyBindings, action: ChangeableKey, key: string): KeyBindings {
  const other = changeableKeys.find((each) => keyOf(bindings, each) === key);
  const freed = keyOf(bindings, action);
  return {
    ...bindings,
    keys: { ...bindings.keys, ...(other && { [other]: freed }), [action]: key },
  };
}

/** The person's own keys, remembered in this browser. */
export function useKeyBindings() {
  return usePreference('keys', readBindings);
}
