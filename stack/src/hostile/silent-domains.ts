import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that never answers for some recipients and takes the mails of all others. */
export interface MailServer {
  readonly url: string;
  /** How many mails it took for an address. */
  mailsTo(address: string): number;
  /** Recipients that it has never answered. */
  readonly unanswered: readonly string[];
  close(): Promise<void>;
}

/** Starts it on a free port; domains that begin with `silent` get no answer. */
export async function startMailServer(): Promise<MailServer> {
  const taken: string[] = [];
  const unanswered: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      if (address.includes('@silent')) unanswered.push(address);
      else callback();
    },
    onData: (stream, session, callback) => {
      stream.resume().on('end', () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address));
        callback();
      });
    },
  });
  server.on('error', () => undefined); // clients give up
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mailsTo: (address) => taken.filter((one) => one === address).length,
    unanswered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection.close();
      }),
  };
}
