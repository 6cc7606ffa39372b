/** The fields about passwords. */

import { countCharacters, textField } from '../input/fields.ts';

/** How long a password is, in Unicode code points, as it was typed: nothing is trimmed. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** A password to set. */
export const newPasswordField = () =>
  textField('The new password is required.')
    .refine(
      (password) => countCharacters(password) >= PASSWORD_LENGTH.min,
      `A password has at least ${PASSWORD_LENGTH.min} characters.`,
    )
    .refine(
      (password) => countCharacters(password) <= PASSWORD_LENGTH.max,
      `A password has at most ${PASSWORD_LENGTH.max} characters.`,
    );

/** A password to compare. How long it has to be matters when it is set. */
export const knownPasswordField = (missing: string) =>
  textField(missing).refine((password) => password !== '', missing);
