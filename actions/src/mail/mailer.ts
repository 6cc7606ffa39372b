/** The only module that knows nodemailer: one mail to one person over SMTP. */

import { createTransport } from 'nodemailer';
import type { Mailbox, SmtpSettings } from './smtp-settings.ts';

/** A mail, ready to go. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same at every attempt, so that a reader's program knows a second copy. */
  readonly messageId: string;
}

/** Why a mail did not go out, in words that are ours: what a server says may quote the mail. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure';
  /** The server understood, and will say the same next time. */
  readonly isRefusal: boolean;

  constructor(message: string, isRefusal: boolean) {
    super(message);
    this.isRefusal = isRefusal;
  }
}

/** Sends mails. */
export interface Mailer {
  /** Resolves when the server has taken the mail; throws a MailFailure when it has not. */
  send(mail: OutgoingMail): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 20_000;
/** For a server that says a word now and then and comes to no end. */
const TOTAL_TIMEOUT_MS = 60_000;

/** A connection for each mail: nothing is kept open, nothing waits in a queue that a stop would lose. */
export function createMailer(smtp: SmtpSettings, from: Mailbox): Mailer {
  const transport = createTransport(
    {
      host: smtp.host,
      port: smtp.port,
      secure: smtp.isSecure,
      requireTLS: smtp.mustUpgrade,
      ignoreTLS: smtp.isLocal && !smtp.isSecure,
      ...(smtp.login && { auth: { user: smtp.login.user, pass: smtp.login.password } }),
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      dnsTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    {},
  );
  return {
    send: async ({ to, subject, text, html, messageId }) => {
      try {
        await transport.sendMail({
          from: { name: from.name, address: from.address },
          // As objects and with an envelope: an address is never parsed into several.
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject: toHeaderText(subject),
          text,
          html,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal: AbortSignal.timeout(TOTAL_TIMEOUT_MS),
        });
      } catch (error) {
        throw toMailFailure(error);
      }
    },
  };
}

const LONGEST_SUBJECT = 150;

/** One line without characters that end, reorder or hide it. */
export function toHeaderText(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  const characters = [...line];
  return characters.length <= LONGEST_SUBJECT
    ? line
    : `${characters.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
}

function toMailFailure(error: unknown): MailFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  if (code === 'EAUTH') return new MailFailure('The mail server did not accept our sign-in.', false);
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    const said = status > 0 ? ` (${status})` : '';
    return new MailFailure(`The mail server refused the mail${said}.`, status === 0 || status >= 500);
  }
  const name = /^[A-Z_]{1,20}$/.test(code) ? ` (${code})` : '';
  return new MailFailure(`The mail server could not be reached${name}.`, false);
}
