import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { TimeAgo } from '../format/TimeAgo.tsx';
import type { TextKey } from '../i18n/use-text.ts';
import { StatusBadge } from './StatusBadge.tsx';
import { TierChange } from './TierBadge.tsx';
import type { UpgradeRequestRow } from './types.ts';
import { VendorLink } from './VendorLink.tsx';
import { Waiting } from './Waiting.tsx';

/** One column of the queue. */
export interface QueueColumn {
  readonly key: string;
  readonly label: TextKey;
  /** What the server sorts by; columns without it cannot be sorted. */
  readonly sortBy?: string;
  readonly width?: number | string;
  readonly render: (row: UpgradeRequestRow) => ReactNode;
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
  width: '19%',
  render: (row) => <VendorLink row={row} />,
};
const tier: QueueColumn = {
  key: 'tier',
  label: 'queue.columns.tier',
  sortBy: 'target_tier',
  width: 196,
  render: (row) => <TierChange from={row.current_tier} to={row.target_tier} />,
};
const status: QueueColumn = {
  key: 'status',
  label: 'queue.columns.status',
  sortBy: 'status',
  width: 118,
  render: (row) => <StatusBadge status={row.status} />,
};
const asked: QueueColumn = {
  key: 'asked',
  label: 'queue.columns.asked',
  sortBy: 'created_at',
  width: 128,
  render: (row) => <TimeAgo at={row.created_at} />,
};
const waiting: QueueColumn = {
  key: 'waiting',
  label: 'queue.columns.waiting',
  width: 96,
  render: (row) => <Waiting row={row} />,
};
const decided: QueueColumn = {
  key: 'decided',
  label: 'queue.columns.decided',
  sortBy: 'reviewed_at',
  width: 128,
  render: (row) => row.reviewed_at && <TimeAgo at={row.reviewed_at} />,
};
const reviewer: QueueColumn = {
  key: 'reviewer',
  label: 'queue.columns.reviewer',
  width: '15%',
  render: (row) => (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {row.reviewer?.email}
    </Box>
  ),
};
const reason: QueueColumn = {
  key: 'reason',
  label: 'queue.columns.reason',
  render: (row) => (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {firstLine(row.business_justification)}
    </Box>
  ),
};

/** The columns of each tab: what helps to decide while pending, who decided and when afterwards. */
export function queueColumns(tab: string | undefined): readonly QueueColumn[] {
  switch (tab) {
    case 'pending':
      return [vendor, tier, asked, waiting, reason];
    case 'approved':
    case 'rejected':
      return [vendor, tier, asked, decided, reviewer, reason];
    case 'cancelled':
      return [vendor, tier, asked, reason];
    default:
      return [vendor, tier, status, asked, reviewer, reason];
  }
}
