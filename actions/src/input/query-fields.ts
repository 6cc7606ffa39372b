/** Fields that arrive as the texts of a query string. */

import { z } from 'zod';

/** A whole number in a query string. What is written otherwise stays a text, which the schema then refuses. */
export function queryNumber<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    schema,
  );
}

const INSTANT_MESSAGE =
  'This must be a time such as 2026-03-01T09:00:00Z or a day such as 2026-03-01 (write + as %2B).';

const MICROSECOND_DIGITS = /\.\d{3}(\d{1,3})/;

/** A point in time in ISO 8601, to the microsecond as Postgres has them; without an offset it is UTC. */
export function instantField() {
  return z
    .union(
      [
        z.iso.datetime({ offset: true, local: true }),
        z.iso.datetime({ offset: true, local: true, precision: -1 }),
        z.iso.date(),
      ],
      INSTANT_MESSAGE,
    )
    .transform((text, context) => {
      const instant = toInstant(text);
      if (instant !== undefined) return instant;
      context.addIssue({ code: 'custom', message: INSTANT_MESSAGE });
      return z.NEVER;
    });
}

/** Postgres knows fewer offsets than ISO 8601, so it gets UTC. */
function toInstant(text: string): string | undefined {
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  const instant = new Date(text.includes('T') && !hasOffset ? `${text}Z` : text);
  const year = instant.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  const [, microseconds = ''] = MICROSECOND_DIGITS.exec(text) ?? [];
  return instant.toISOString().replace('Z', `${microseconds}Z`);
}
