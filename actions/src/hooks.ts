/** The event and cron triggers that exist: how those of the metadata map to use cases. */

import { z } from 'zod';
import { deleteExpired } from './housekeeping.ts';
import { type CronDefinition, defineInsertEvent, type EventDefinition } from './http/hook-routes.ts';
import { tellOfEvent } from './notifications/tell-of-event.ts';

const GREATEST_BIGINT = 2n ** 63n - 1n;

/** A bigint comes as a number or, beyond what a double holds, as text. */
const bigintId = z
  .union([z.int().positive(), z.string().regex(/^[1-9]\d{0,18}$/)])
  .transform(String)
  .refine((id) => BigInt(id) <= GREATEST_BIGINT);

/** Every event trigger. */
export const EVENTS: readonly EventDefinition[] = [
  defineInsertEvent(
    'tier_upgrade_event_written',
    z.object({ id: bigintId, kind: z.string() }),
    (services, row) => tellOfEvent(services, row),
  ),
];

/** Every cron trigger. */
export const CRON_JOBS: readonly CronDefinition[] = [
  { name: 'delete_expired', run: (services) => deleteExpired(services) },
];
