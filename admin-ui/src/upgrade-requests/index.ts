import type { ResourceProps } from 'ra-core';
import { lazy } from 'react';
import { importRequestPage } from './import-request-page.ts';
import { REQUESTS, type UpgradeRequestRow } from './types.ts';

/** What the console offers for upgrade requests beside the queue: a page each. Decisions are made on the page. */
export const upgradeRequests = {
  name: REQUESTS,
  show: lazy(importRequestPage),
  recordRepresentation: (row: UpgradeRequestRow) => row.vendor.name,
} satisfies ResourceProps;
