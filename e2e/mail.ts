import { vi } from 'vitest';
import { theStack } from './provided.ts';

/** A mail as the catcher lists it. */
export interface CaughtMail {
  readonly id: number;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Every mail to an address that the stack's SMTP server has taken so far, the oldest first. */
export async function mailsTo(address: string): Promise<readonly CaughtMail[]> {
  const answer = await fetch(`${theStack().mail}/mails.json`);
  const mails = (await answer.json()) as readonly CaughtMail[];
  return mails.filter(({ to }) => to.includes(address)).sort((one, other) => one.id - other.id);
}

/** The link in the mail of that number to an address, counted from 1; waits for the mail. */
export async function linkMailedTo(address: string, which: number): Promise<string> {
  const mail = await vi.waitFor(
    async () => {
      const found = (await mailsTo(address))[which - 1];
      if (!found) throw new Error(`mail ${which} to ${address} has not come`);
      return found;
    },
    { timeout: 30_000, interval: 100 },
  );
  const [link] = /https?:\/\/\S+/.exec(mail.text) ?? [];
  if (!link) throw new Error(`there is no link in "${mail.subject}"`);
  return link;
}
