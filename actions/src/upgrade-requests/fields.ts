/** The fields that inputs about upgrade requests share. */

import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';
import { countCharacters, idField, isStorableText, optionalText, trimmedTextField } from '../input/fields.ts';
import type { IssueParams } from '../input/parse-input.ts';

/** How long a justification is, in Unicode code points after trimming. */
export const JUSTIFICATION_LENGTH = { min: 50, max: 1000 } as const;

/** How long a rejection reason is. */
export const REASON_LENGTH = { min: 10, max: 1000 } as const;

/** How long notes among administrators may be. */
export const NOTES_LENGTH = { max: 2000 } as const;

/** The id of the request that is acted on. */
export const requestIdField = () => idField('The id of the request is required.');

/** Notes among administrators. */
export const adminNotesField = () =>
  optionalText(
    trimmedTextField({
      max: NOTES_LENGTH.max,
      missing: 'Notes must be a text.',
      tooLong: `Notes have at most ${NOTES_LENGTH.max} characters.`,
    }),
  );

/** The reason that the vendor will read. */
export const rejectionReasonField = () =>
  trimmedTextField({
    ...REASON_LENGTH,
    missing: 'A reason is required: the vendor will read it.',
    tooShort: `The reason needs at least ${REASON_LENGTH.min} characters: the vendor will read it.`,
    tooLong: `The reason has at most ${REASON_LENGTH.max} characters.`,
  });

/** Why a vendor should have a higher tier. None at all is the shortest one. */
export const justificationField = () =>
  z
    .unknown()
    .transform((value, context) => {
      const refuse = (code: ErrorCode, message: string) => {
        context.addIssue({ code: 'custom', message, params: { code } satisfies IssueParams });
        return z.NEVER;
      };
      if (value !== undefined && value !== null && typeof value !== 'string') {
        return refuse('INVALID_INPUT', 'The justification must be a text.');
      }
      const text = value ?? '';
      if (!isStorableText(text)) {
        return refuse('INVALID_INPUT', 'The justification contains a character that cannot be stored.');
      }
      const trimmed = text.trim();
      const length = countCharacters(trimmed);
      if (length < JUSTIFICATION_LENGTH.min) {
        const message = `The justification needs at least ${JUSTIFICATION_LENGTH.min} characters; it has ${length}.`;
        return refuse('JUSTIFICATION_TOO_SHORT', message);
      }
      if (length > JUSTIFICATION_LENGTH.max) {
        const message = `The justification has at most ${JUSTIFICATION_LENGTH.max} characters; it has ${length}.`;
        return refuse('JUSTIFICATION_TOO_LONG', message);
      }
      return trimmed;
    })
    .meta({ type: 'string', minLength: JUSTIFICATION_LENGTH.min, maxLength: JUSTIFICATION_LENGTH.max });
