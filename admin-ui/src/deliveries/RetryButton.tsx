import Button from '@mui/material/Button';
import { useNotify } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { RetryEmailDeliveryDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleAction } from '../providers/useConsoleQuery.ts';
import type { DeliveryRow } from './types.ts';

/** Queues a mail again, with all its attempts before it. */
export function RetryButton({ delivery }: { readonly delivery: DeliveryRow }) {
  const text = useText();
  const notify = useNotify();
  const retry = useConsoleAction(RetryEmailDeliveryDocument, () =>
    notify(text('deliveries.queuedAgain', { recipient: delivery.recipient }), { type: 'success' }),
  );
  return (
    <Button
      size="small"
      disabled={retry.isPending}
      aria-label={text('deliveries.retryTo', { recipient: delivery.recipient })}
      startIcon={<Icon name="refresh" size={14} />}
      onClick={() =>
        retry.mutate(
          { deliveryId: delivery.id },
          { onError: (error) => notify(toPlainError(error, text).message, { type: 'warning' }) },
        )
      }
    >
      {text(retry.isPending ? 'deliveries.retrying' : 'deliveries.retry')}
    </Button>
  );
}
