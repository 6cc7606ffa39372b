import type { ResourceProps } from 'ra-core';
import { lazy } from 'react';
import { importRequestPage } from './import-request-page.ts';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';
import { UpgradeRequestList } from './UpgradeRequestList.tsx';

/** What the console offers for upgrade requests: a queue and a page each. Decisions are made on the page. */
export const upgradeRequests = {
  name: REQUESTS,
  list: UpgradeRequestList,
  show: lazy(importRequestPage),
  recordRepresentation: (row: UpgradeRequestRow) => row.vendor.name,
} satisfies ResourceProps;
