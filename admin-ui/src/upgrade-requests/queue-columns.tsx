import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { Moment } from '../format/TimeAgo.tsx';
import type { ColumnHead } from '../list/types.ts';
import { StatusBadge } from './StatusBadge.tsx';
import { TierChange } from './TierBadge.tsx';
import type { UpgradeRequestRow } from './types.ts';
import { VendorLink } from './VendorLink.tsx';
import { Waiting } from './Waiting.tsx';

/** One column of the queue. */
export interface QueueColumn extends ColumnHead {
  /** `exact`: times as moments instead of as how long ago. */
  readonly render: (row: UpgradeRequestRow, exact: boolean) => ReactNode;
}

/** The first line of a text that is not blank. */
export function firstLine(text: string): string {
  return (
    text
      .split(/\r\n|\r|\n/)
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

const vendor: QueueColumn = {
  key: 'vendor',
  label: 'queue.columns.vendor',
  sortBy: 'vendor.name',
  ascendingFirst: true,
  width: '19%',
  render: (row) => <VendorLink row={row} />,
};

const others: readonly QueueColumn[] = [
  {
    key: 'tier',
    label: 'queue.columns.tier',
    sortBy: 'target_tier',
    width: 196,
    render: (row) => <TierChange from={row.current_tier} to={row.target_tier} />,
  },
  {
    key: 'status',
    label: 'queue.columns.status',
    sortBy: 'status',
    ascendingFirst: true,
    width: 118,
    render: (row) => <StatusBadge status={row.status} />,
  },
  {
    key: 'asked',
    label: 'queue.columns.asked',
    sortBy: 'created_at',
    width: 136,
    render: (row, exact) => <Moment at={row.created_at} exact={exact} />,
  },
  {
    key: 'waiting',
    label: 'queue.columns.waiting',
    width: 104,
    render: (row) => row.status === 'pending' && <Waiting row={row} />,
  },
  {
    key: 'decided',
    label: 'queue.columns.decided',
    sortBy: 'reviewed_at',
    width: 136,
    render: (row, exact) => row.reviewed_at && <Moment at={row.reviewed_at} exact={exact} />,
  },
  {
    key: 'reviewer',
    label: 'queue.columns.reviewer',
    width: '15%',
    render: (row) => (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {row.reviewer?.email}
      </Box>
    ),
  },
  {
    key: 'reason',
    label: 'queue.columns.reason',
    render: (row) => (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {firstLine(row.business_justification)}
      </Box>
    ),
  },
  {
    key: 'refusal',
    label: 'queue.columns.refusal',
    render: (row) => (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {firstLine(row.rejection_reason ?? '')}
      </Box>
    ),
  },
];

/** The columns that can be shown or not; the vendor, which opens the request, is always there. */
export const optionalColumns = others;

/** What each tab shows until somebody chooses: what helps to decide while pending, who decided and when afterwards. */
const byTab: Readonly<Record<string, readonly string[]>> = {
  pending: ['tier', 'asked', 'waiting', 'reason'],
  approved: ['tier', 'asked', 'decided', 'reviewer', 'reason'],
  rejected: ['tier', 'decided', 'reviewer', 'refusal'],
  cancelled: ['tier', 'asked', 'reason'],
};
const ofAll: readonly string[] = ['tier', 'status', 'asked', 'decided', 'reviewer', 'reason'];

/** The keys of the columns that a tab shows unless told otherwise. */
export function defaultColumns(tab: string): readonly string[] {
  return (Object.hasOwn(byTab, tab) && byTab[tab]) || ofAll;
}

/** The columns of a table, in their fixed order. */
export function pickColumns(keys: readonly string[]): readonly QueueColumn[] {
  return [vendor, ...others.filter((column) => keys.includes(column.key))];
}

/** Everything the queue can be sorted by. */
export const sortableColumns: readonly QueueColumn[] = [vendor, ...others].filter((column) => column.sortBy);
