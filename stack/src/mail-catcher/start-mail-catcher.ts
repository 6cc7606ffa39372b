import { MailStore } from './mail-store.ts';
import { startSmtpReceiver } from './smtp-receiver.ts';
import { startMailPage } from './web-page.ts';

/** Where the catcher listens. Always on loopback: it asks nobody who they are, and its mails hold links that sign people in. */
export const MAIL_CATCHER_HOST = '127.0.0.1';

/** A catcher that runs. */
export interface MailCatcher {
  close(): Promise<void>;
}

/** Starts an SMTP server that keeps every mail, and the page that shows them. For development: never in production. */
export async function startMailCatcher(ports: {
  readonly smtp: number;
  readonly page: number;
}): Promise<MailCatcher> {
  const store = new MailStore();
  const receiver = await startSmtpReceiver(store, ports.smtp, MAIL_CATCHER_HOST);
  try {
    const page = await startMailPage(store, ports.page, MAIL_CATCHER_HOST);
    return {
      close: async () => {
        await Promise.all([receiver.close(), page.close()]);
      },
    };
  } catch (error) {
    await receiver.close();
    throw error;
  }
}
