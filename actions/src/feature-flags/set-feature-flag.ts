/** An administrator says who has a feature: nobody, the beta vendors, or all. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import { invalidField } from '../errors.ts';
import { textField } from '../input/fields.ts';
import type { Services } from '../services.ts';

/** Which feature for whom. */
export const setFeatureFlagInput = z.strictObject({
  key: textField('The key of the feature is required.'),
  audience: z.enum(['none', 'beta', 'all'], 'The audience must be none, beta or all.'),
});

/** Sets the audience; a key that is not there is a typing error, not a new feature. */
export async function setFeatureFlag(
  { database }: Pick<Services, 'database'>,
  caller: Caller,
  { key, audience }: z.output<typeof setFeatureFlagInput>,
): Promise<void> {
  await database.withTransaction(
    async (transaction) => {
      await announceActor(transaction, caller);
      const flags = await transaction.query(
        'update public.feature_flags set audience = $2 where key = $1 returning key',
        [key, audience],
      );
      if (flags.length === 0) throw invalidField('key', 'There is no such feature.');
    },
    { isolation: 'read committed' },
  );
}
