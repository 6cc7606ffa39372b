/** The shape of every error over REST. */

import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';

/** `{ success: false, message, code, errors?, retryAfter? }` */
export const errorAnswer = z
  .object({
    success: z.literal(false),
    message: z.string().describe('For people.'),
    code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]).describe('For programs.'),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .describe('Every field that is wrong.'),
    retryAfter: z.int().min(1).optional().describe('Seconds to wait, of RATE_LIMIT_EXCEEDED.'),
  })
  .meta({ id: 'Error' });
