/** A real SMTP server on a free port that keeps what it is given, and can say no, go away and come back. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  /** Of the envelope: where it really went. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly email: Email;
}

/** A running server. */
export interface TestSmtp {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** What it answers to the next recipients, until told otherwise; null takes everything. */
  refuse(code: number | null): void;
  /** Called when a mail is in its hands and the yes is not yet said. */
  onMail: (mail: ReceivedMail) => void | Promise<void>;
  /** Drops every connection and listens no more. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Resolves when as many mails have arrived as fit. */
  waitFor(fits: (mail: ReceivedMail) => boolean, count?: number): Promise<ReceivedMail[]>;
}

/** Starts the server; the caller ends it with `goAway`. */
export async function startTestSmtp(): Promise<TestSmtp> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  let refusal: number | null = null;
  let port = 0;
  let server: SMTPServer;

  const listen = async () => {
    server = new SMTPServer({
      authOptional: true,
      logger: false,
      onRcptTo: (_address, _session, callback) => {
        if (refusal === null) callback();
        else
          callback(Object.assign(new Error('not today, https://quoted.example'), { responseCode: refusal }));
      },
      onData: (stream, session, callback) => {
        const take = async () => {
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          const raw = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = session.envelope;
          const mail: ReceivedMail = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: raw.toString(),
            email: await PostalMime.parse(raw),
          };
          mails.push(mail);
          for (const wake of waiting) wake();
          await smtp.onMail(mail);
        };
        take().then(() => callback(), callback);
      },
    });
    // Clients that are cut off are part of the tests.
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  };
  await listen();

  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    onMail: () => undefined,
    refuse: (code) => {
      refusal = code;
    },
    goAway: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection.close();
      }),
    comeBack: listen,
    waitFor: (fits, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = mails.filter(fits);
          if (found.length < count) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  return smtp;
}

/** Whether a mail goes to that address. */
export const mailTo =
  (address: string) =>
  (mail: ReceivedMail): boolean =>
    mail.to.includes(address);
