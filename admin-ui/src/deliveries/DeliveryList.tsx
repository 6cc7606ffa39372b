import Box from '@mui/material/Box';
import { Mark } from '../components/Mark.tsx';
import { formatNumber } from '../format/number.ts';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { ListSearch, ListSelect } from '../list/ListFilters.tsx';
import { ListPage } from '../list/ListPage.tsx';
import type { Column } from '../list/types.ts';
import { RetryButton } from './RetryButton.tsx';
import {
  DELIVERIES,
  type DeliveryRow,
  type DeliveryStatus,
  deliveryStatuses,
  isKnownTemplate,
} from './types.ts';

const marks = {
  queued: { kind: 'info', icon: 'clock' },
  sent: { kind: 'success', icon: 'check' },
  failed: { kind: 'warning', icon: 'refresh' },
  dead: { kind: 'danger', icon: 'cross' },
} as const satisfies Record<DeliveryStatus, unknown>;

const columns: readonly Column<DeliveryRow>[] = [
  {
    key: 'recipient',
    label: 'deliveries.columns.recipient',
    width: '22%',
    render: (delivery) => (
      <Box component="span" sx={{ fontWeight: 500 }}>
        {delivery.recipient}
      </Box>
    ),
  },
  {
    key: 'template',
    label: 'deliveries.columns.template',
    width: '18%',
    render: (delivery) => <Template name={delivery.template} />,
  },
  {
    key: 'status',
    label: 'deliveries.columns.status',
    width: 116,
    render: (delivery) => <Status status={delivery.status} />,
  },
  {
    key: 'attempts',
    label: 'deliveries.columns.attempts',
    sortBy: 'attempts',
    width: 92,
    render: (delivery) => formatNumber(delivery.attempts),
  },
  {
    key: 'error',
    label: 'deliveries.columns.error',
    wraps: true,
    render: (delivery) =>
      delivery.last_error && (
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          {delivery.last_error}
        </Box>
      ),
  },
  {
    key: 'created',
    label: 'deliveries.columns.created',
    sortBy: 'created_at',
    width: 130,
    render: (delivery) => <TimeAgo at={delivery.sent_at ?? delivery.created_at} />,
  },
  {
    key: 'retry',
    label: 'deliveries.columns.action',
    width: 150,
    render: (delivery) =>
      (delivery.status === 'failed' || delivery.status === 'dead') && <RetryButton delivery={delivery} />,
  },
];

function Template({ name }: { readonly name: string }) {
  const text = useText();
  return isKnownTemplate(name) ? text(`deliveries.templates.${name}`) : name;
}

function Status({ status }: { readonly status: DeliveryStatus }) {
  const text = useText();
  return <Mark {...marks[status]}>{text(`deliveries.statuses.${status}`)}</Mark>;
}

/** What became of each mail, and another try for those that could not be sent. */
export function DeliveryList() {
  const text = useText();
  return (
    <ListPage
      resource={DELIVERIES}
      title="deliveries.title"
      lead="deliveries.lead"
      sort={{ field: 'created_at', order: 'DESC' }}
      columns={columns}
      refreshEvery={10_000}
      empty={{ icon: 'mail', title: 'deliveries.emptyTitle', body: 'deliveries.emptyBody' }}
      filters={
        <>
          <ListSearch label={text('deliveries.search')} />
          <ListSelect
            name="status"
            label={text('deliveries.columns.status')}
            any={text('deliveries.anyStatus')}
            choices={deliveryStatuses.map((status) => ({
              value: status,
              label: text(`deliveries.statuses.${status}`),
            }))}
          />
        </>
      }
    />
  );
}
