/**
 * Sends what is due, a few mails at a time, while the server runs.
 *
 * The queue is in the database and is shared by all replicas; here are only those who work on it. A nudge makes them look
 * at once, a timer finds what nobody told of: a retry whose time has come, or a mail of a process that died.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type Database, DatabaseFailure, isMissingTable } from '../db.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { describeError } from '../logging.ts';
import type { Metrics } from '../metrics.ts';
import { nextDelay } from './attempts.ts';
import { composeMail } from './compose-mail.ts';
import {
  type Attempt,
  type AttemptOutcome,
  beginAttempt,
  closeOrder,
  endAttempt,
  LEASE_SECONDS,
  renewLease,
  takeDueEmail,
} from './delivery-store.ts';
import { type Mailer, MailFailure } from './mailer.ts';

/** What the queue needs. */
export interface MailQueueParts {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly mailer: Mailer;
}

const CONCURRENCY = 4;
const LOOK_EVERY_MS = 5000;
const REMARK_AFTER_MS = 500;
/** A stop waits no longer: what is under way then is found by the next start. */
const STOP_PATIENCE_MS = 5000;

/** Those who work on the queue of mails. */
export class MailQueue {
  readonly #parts: MailQueueParts;
  readonly #messageIdHost: string;
  #timer: NodeJS.Timeout | undefined;
  #sweep: Promise<void> | undefined;
  #isNudged = false;
  #isStopping = false;

  constructor(parts: MailQueueParts) {
    this.#parts = parts;
    this.#messageIdHost = parts.config.mailFrom.address.replace(/^.*@/, '');
  }

  /** Looks every few seconds from now on. */
  start(): void {
    this.#timer = setInterval(
      guarded(
        () => this.nudge(),
        (error) => this.#tellOf(error),
      ),
      LOOK_EVERY_MS,
    );
    this.#timer.unref();
    this.nudge();
  }

  /** There is something to send. Never waits, never throws. */
  nudge(): void {
    this.#isNudged = true;
    if (this.#sweep !== undefined || this.#isStopping) return;
    this.#sweep = this.#work().finally(() => {
      this.#sweep = undefined;
      if (this.#isNudged) this.nudge();
    });
  }

  /** Resolves when nothing that was due is left. */
  async drained(): Promise<void> {
    this.nudge();
    while (this.#sweep !== undefined) await this.#sweep;
  }

  /** Begins no more mails and waits for those under way, within reason. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    await Promise.race([this.#sweep, sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
  }

  async #work(): Promise<void> {
    while (this.#isNudged && !this.#isStopping) {
      this.#isNudged = false;
      const workers = Array.from({ length: CONCURRENCY }, () => this.#sendWhileDue());
      const outcomes = await Promise.allSettled(workers);
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure !== undefined) this.#tellOf(failure.reason);
    }
  }

  /** What stops one of the workers stops them all, so it is told once. */
  #tellOf(reason: unknown): void {
    // A server that starts before the migrations is told of by /healthz; no mail is waiting yet.
    const isBeforeTables = reason instanceof DatabaseFailure && isMissingTable(reason);
    this.#parts.logger[isBeforeTables ? 'debug' : 'warn'](
      { error: describeError(reason) },
      'the queue of mails could not be worked on',
    );
  }

  async #sendWhileDue(): Promise<void> {
    while (!this.#isStopping) {
      const deliveryId = await takeDueEmail(this.#parts.database);
      if (deliveryId === undefined) return;
      await this.#keepWhile(deliveryId, () => this.#attempt(deliveryId));
    }
  }

  /** Holds the lease while the work lasts. */
  async #keepWhile(deliveryId: string, work: () => Promise<void>): Promise<void> {
    const keeper = setInterval(
      // One that fails is made up for by the next; if all do, the database is away and nobody else gets the mail.
      guarded(() => renewLease(this.#parts.database, deliveryId), heardElsewhere),
      (LEASE_SECONDS * 1000) / 3,
    );
    try {
      await work();
    } finally {
      clearInterval(keeper);
    }
  }

  async #attempt(deliveryId: string): Promise<void> {
    const { database, logger, metrics } = this.#parts;
    const messageId = `<${deliveryId}@${this.#messageIdHost}>`;
    const attempt = await beginAttempt(database, deliveryId, messageId);
    if (attempt === undefined) return closeOrder(database, deliveryId);
    const outcome = await this.#send(attempt);
    metrics.mailAttempts.inc({ outcome: outcome.status });
    const { template, attempts } = attempt;
    const told = { deliveryId, template, attempts, outcome: outcome.status };
    if (outcome.status === 'sent') logger.info(told, 'mail sent');
    else logger.warn({ ...told, reason: outcome.error }, 'mail not sent');
    await this.#mark(deliveryId, outcome);
  }

  async #send(attempt: Attempt): Promise<AttemptOutcome> {
    const { config, database, mailer } = this.#parts;
    try {
      const mail = await composeMail({ database, config }, attempt);
      if ('undeliverable' in mail) return { status: 'dead', error: mail.undeliverable };
      await mailer.send({ ...mail, to: attempt.recipient, messageId: attempt.messageId });
      return { status: 'sent' };
    } catch (error) {
      const failure = this.#toMailFailure(error);
      const delay = nextDelay(attempt.attempts, failure.isRefusal);
      if (delay === null) return { status: 'dead', error: failure.message };
      return { status: 'failed', error: failure.message, retryAfterSeconds: delay };
    }
  }

  /** A mail that cannot be written is a defect of ours. It must not be tried for ever, nor stop the others. */
  #toMailFailure(error: unknown): MailFailure {
    if (error instanceof MailFailure) return error;
    if (error instanceof DatabaseFailure) throw error;
    this.#parts.logger.error({ error: describeError(error) }, 'a mail could not be written');
    return new MailFailure('The mail could not be written.', true);
  }

  /** The server has said yes or no, so this is written down as soon as the database lets us, or the mail goes out twice. */
  async #mark(deliveryId: string, outcome: AttemptOutcome): Promise<void> {
    const { database, logger } = this.#parts;
    for (;;) {
      try {
        await endAttempt(database, deliveryId, outcome);
        return;
      } catch (error) {
        if (this.#isStopping) throw error;
        logger.warn({ deliveryId, error: describeError(error) }, 'what became of a mail could not be noted');
        await sleep(REMARK_AFTER_MS);
      }
    }
  }
}
