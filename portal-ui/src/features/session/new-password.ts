import { countCharacters, hasUnstorable } from '../../lib/text-rules.ts';
import type { Messages } from '../../messages/en.ts';

/** The bounds of the contract, in Unicode code points of what was typed; nothing is trimmed. */
const passwordBounds = { min: 12, max: 128 } as const;

/** What is wrong with a password to set, in words; undefined when nothing is. */
export function newPasswordProblem(typed: string, { password }: Messages): string | undefined {
  const length = countCharacters(typed);
  if (hasUnstorable(typed)) return password.invalidText;
  if (length < passwordBounds.min) return password.tooShort(passwordBounds.min - length);
  return length > passwordBounds.max ? password.tooLong : undefined;
}
