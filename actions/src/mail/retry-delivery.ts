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

/**
 * Queues the mail with all its attempts before it again, due now. One that is queued already stays so; one that was sent
 * is done. A mail that is under way this very moment is not sent twice: whoever sends it holds its lease.
 */
export async function retryEmailDelivery(
  { database, logger, mailQueue }: Pick<Services, 'database' | 'logger' | 'mailQueue'>,
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
      await transaction.query(
        'update private.email_orders set next_attempt_at = now() where delivery_id = $1',
        [deliveryId],
      );
    },
    { isolation: 'read committed' },
  );
  // The timeline tells of requests, vendors, users and flags; of a mail the log does.
  logger.info({ deliveryId, userId: caller.userId }, 'mail queued again');
  mailQueue.nudge();
}
