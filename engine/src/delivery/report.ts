import type { WebhookResult } from './call-webhook.ts';
import type { Outcome } from './outcome.ts';

/** One try to deliver something, for logs and metrics. Never holds what was sent or answered. */
export interface DeliveryReport {
  readonly kind: 'event-trigger' | 'cron-trigger' | 'scheduled-event';
  /** The trigger's name; null for a scheduled event, which has none. */
  readonly trigger: string | null;
  readonly eventId: string;
  /** This try included. */
  readonly tries: number;
  readonly outcome: Outcome;
  /** The answer's status; null when there was none. */
  readonly status: number | null;
  readonly seconds: number;
  /** Why there was no answer. */
  readonly message?: string;
}

/** What is told of a try that came to its end. `tries` counts those before it. */
export function reportDelivery(
  { kind, trigger, eventId, tries }: Pick<DeliveryReport, 'kind' | 'trigger' | 'eventId' | 'tries'>,
  result: Exclude<WebhookResult, { readonly kind: 'aborted' }>,
  outcome: Outcome,
  seconds: number,
): DeliveryReport {
  return {
    kind,
    trigger,
    eventId,
    tries: tries + 1,
    outcome,
    status: result.kind === 'answer' ? result.status : null,
    seconds,
    ...(result.kind === 'failure' ? { message: result.message } : {}),
  };
}
