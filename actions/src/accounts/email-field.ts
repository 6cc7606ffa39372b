import { trimmedTextField } from '../input/fields.ts';

/** An e-mail address to look a user up by. Whether it is one shows when nobody has it. */
export const emailField = () =>
  trimmedTextField({
    min: 1,
    max: 320,
    missing: 'The e-mail address is required.',
    tooLong: 'An e-mail address has at most 320 characters.',
  });
