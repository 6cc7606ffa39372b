/** An administrator queues a mail again that could not be sent. */

import { z } from 'zod';
import { announceActor, type Caller } from '../accounts/actor.ts';
import { invalidField } from '../errors.ts';
import { idField } from '../input/fields.ts';
import type { Services } from '../services.ts';

/** Which mail. */
export const retryDeliveryInput = z.strictObject({
  deliveryId: idField('The id of the delivery is required.'),
});

/** Queues the mail with all its attempts before it again. One that is queued already stays so; one that was sent is done. */
export async function retryEmailDelivery(
  { database }: Pick<Services, 'database'>,
  caller: Caller,
  { deliveryId }: z.output<typeof retryDeliveryInput>,
): Promise<void> {
  await database.withTransaction(
    async (transaction) => {
      await announceActor(transaction, caller);
      const [delivery] = await transaction.query<{ status: string }>(
        'select status from public.email_deliveries where id = $1 for update',
        [deliveryId],
      );
      if (delivery === undefined) throw invalidField('deliveryId', 'There is no such mail.');
      if (delivery.status === 'sent') throw invalidField('deliveryId', 'This mail was sent already.');
      await transaction.query(
        `update public.email_deliveries set status = 'queued', attempts = 0
         where id = $1 and status in ('failed', 'dead')`,
        [deliveryId],
      );
    },
    { isolation: 'read committed' },
  );
}
