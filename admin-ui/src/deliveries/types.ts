export const DELIVERIES = 'email_deliveries';

export const deliveriesPath = `/${DELIVERIES}`;

export const deliveryStatuses = ['queued', 'sent', 'failed', 'dead'] as const;

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** One mail as the list shows it. Its text is nowhere: the table holds none. */
export interface DeliveryRow {
  readonly id: string;
  readonly recipient: string;
  readonly template: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly created_at: string;
  readonly sent_at: string | null;
}

const templates = ['password_reset', 'submitted', 'approved', 'rejected'] as const;

/** Whether a template has a name in words; a newer server may know more of them. */
export function isKnownTemplate(name: string): name is (typeof templates)[number] {
  return templates.some((template) => template === name);
}
