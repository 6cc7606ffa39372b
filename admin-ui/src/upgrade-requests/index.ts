import type { ResourceProps } from 'ra-core';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';
import { UpgradeRequestList } from './UpgradeRequestList.tsx';
import { UpgradeRequestShow } from './UpgradeRequestShow.tsx';

/** What the console offers for upgrade requests: a queue and a page each. Decisions are made on the page. */
export const upgradeRequests = {
  name: REQUESTS,
  list: UpgradeRequestList,
  show: UpgradeRequestShow,
  recordRepresentation: (row: UpgradeRequestRow) => row.vendor.name,
} satisfies ResourceProps;
