/** What use cases need from outside; made once by main.ts, by hand in tests. */

import type { Logger } from 'pino';
import type { KnownDevices } from './accounts/known-devices.ts';
import type { PasswordHasher } from './accounts/passwords.ts';
import type { Config } from './config.ts';
import type { Database } from './db.ts';
import type { MailQueue } from './mail/mail-queue.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimits } from './rate-limits.ts';

/** The parts of a running action server. */
export interface Services {
  readonly config: Config;
  readonly database: Database;
  readonly metrics: Metrics;
  readonly passwords: PasswordHasher;
  readonly knownDevices: KnownDevices;
  readonly rateLimits: RateLimits;
  readonly mailer: Mailer;
  readonly mailQueue: MailQueue;
  readonly logger: Logger;
}
