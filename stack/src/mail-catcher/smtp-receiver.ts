import { once } from 'node:events';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store.ts';

const MAX_BYTES = 1_000_000;

/** Takes every mail that a program on this machine sends, and passes none on. */
export async function startSmtpReceiver(
  store: MailStore,
  port: number,
  host: string,
): Promise<{ close(): Promise<void> }> {
  const server = new SMTPServer({
    banner: 'Tierline mail catcher',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: MAX_BYTES,
    maxClients: 50,
    onData: (stream, session, callback) => {
      take(store, stream, session).then(() => callback(), callback);
    },
  });
  // A client that breaks off is no reason to stop.
  server.on('error', () => undefined);
  const listening = Promise.race([
    once(server.server, 'listening'),
    once(server.server, 'error').then(([error]) => {
      throw error;
    }),
  ]);
  server.listen(port, host);
  await listening;
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of server.connections) connection.close();
      }),
  };
}

async function take(
  store: MailStore,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read to its end all the same: the answer comes after the last line.
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BYTES)
    throw Object.assign(new Error(`A mail has ${MAX_BYTES} bytes at most`), { responseCode: 552 });
  const email = await PostalMime.parse(Buffer.concat(chunks));
  store.add({
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    subject: email.subject ?? '',
    messageId: email.messageId ?? '',
    text: email.text ?? '',
    html: email.html ?? null,
  });
}
