/**
 * Sends what is due, a few mails at a time, while the server runs.
 *
 * The queue is in the database and is shared by all replicas; here is only who works on it. Mails are taken one after the
 * other and sent independently: one whose server says nothing holds up nobody but later mails to its own domain. A nudge
 * makes us look at once, a timer finds what nobody told of: a retry whose time has come, or a mail of a process that died.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type Database, DatabaseFailure, isBeforeMigrations } from '../db.ts';
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
  type DueEmail,
  endAttempt,
  LEASE_SECONDS,
  renewLease,
  takeDueEmail,
} from './delivery-store.ts';
import { MailLanes } from './lanes.ts';
import { type Mailer, MailFailure } from './mailer.ts';

/** What the queue needs. */
export interface MailQueueParts {
  readonly config: Config;
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly mailer: Mailer;
}

/** Mails under way at once; no mail server is asked for more conversations. */
const CONCURRENCY = 10;
/** A mail that takes longer makes its domain a slow one. */
const SLOW_AFTER_MS = 5000;
const LOOK_EVERY_MS = 5000;
const REMARK_AFTER_MS = 500;
/** A stop waits no longer: what is under way then is found by the next start. */
const STOP_PATIENCE_MS = 5000;

/** Whoever works on the queue of mails. */
export class MailQueue {
  readonly #parts: MailQueueParts;
  readonly #messageIdHost: string;
  readonly #lanes = new MailLanes();
  readonly #underWay = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #taking: Promise<void> | undefined;
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

  /** There is something to send, or room to send it. Never waits, never throws. */
  nudge(): void {
    this.#isNudged = true;
    if (this.#taking !== undefined || this.#isStopping) return;
    this.#taking = this.#takeWhileNudged().finally(() => {
      this.#taking = undefined;
      if (this.#isNudged) this.nudge();
    });
  }

  /** Resolves when nothing that was due is left, nor under way. */
  async drained(): Promise<void> {
    this.nudge();
    while (this.#taking !== undefined || this.#underWay.size > 0) {
      await (this.#taking ?? Promise.race(this.#underWay));
    }
  }

  /** Begins no more mails and waits for those under way, within reason. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    const ended = Promise.all([this.#taking, ...this.#underWay]);
    await Promise.race([ended, sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
  }

  async #takeWhileNudged(): Promise<void> {
    while (this.#isNudged && !this.#isStopping) {
      this.#isNudged = false;
      try {
        await this.#takeWhileDue();
      } catch (error) {
        this.#tellOf(error);
      }
    }
  }

  async #takeWhileDue(): Promise<void> {
    while (!this.#isStopping && this.#underWay.size < CONCURRENCY) {
      const due = await takeDueEmail(this.#parts.database, this.#lanes.full());
      if (due === undefined) return;
      this.#begin(due);
    }
  }

  /** Sends a mail beside the others; when it has ended there is room for the next. */
  #begin({ deliveryId, domain }: DueEmail): void {
    const startedAt = performance.now();
    this.#lanes.enter(domain);
    const sending = this.#keepWhile(deliveryId, () => this.#attempt(deliveryId))
      .catch((error: unknown) => this.#tellOf(error))
      .then(() => {
        this.#lanes.leave(domain, performance.now() - startedAt > SLOW_AFTER_MS);
        this.#underWay.delete(sending);
        this.nudge();
      });
    this.#underWay.add(sending);
  }

  /** The database is away, or the mail is a defect of ours: the lease ends by itself, and a later look finds it again. */
  #tellOf(reason: unknown): void {
    const tell = (isExpected: boolean) =>
      this.#parts.logger[isExpected ? 'debug' : 'warn'](
        { error: describeError(reason) },
        'the queue of mails could not be worked on',
      );
    if (!(reason instanceof DatabaseFailure)) {
      tell(false);
      return;
    }
    // A server that starts before the migrations is told of by /healthz; no mail is waiting yet.
    isBeforeMigrations(this.#parts.database, reason, { schema: 'private', table: 'email_orders' }).then(
      tell,
      () => tell(false),
    );
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
