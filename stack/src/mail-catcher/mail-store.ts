/** A mail that was caught, parsed. */
export interface CaughtMail {
  readonly id: number;
  readonly at: Date;
  /** Of the envelope: where it would have gone. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  /** Null for a mail without an HTML part. */
  readonly html: string | null;
}

const MAX_MAILS = 200;
const MAX_CHARACTERS = 20_000_000;

/** The newest mails, in memory alone: they hold links that sign people in. */
export class MailStore {
  #mails: CaughtMail[] = [];
  #lastId = 0;
  readonly #listeners = new Set<() => void>();

  /** Newest first. */
  get mails(): readonly CaughtMail[] {
    return this.#mails;
  }

  find(id: number): CaughtMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Keeps a mail and forgets the oldest ones beyond what fits. */
  add(mail: Omit<CaughtMail, 'id' | 'at'>): void {
    this.#lastId += 1;
    let room = MAX_CHARACTERS;
    this.#mails = [{ ...mail, id: this.#lastId, at: new Date() }, ...this.#mails]
      .slice(0, MAX_MAILS)
      .filter(({ text, html }, index) => {
        room -= text.length + (html?.length ?? 0);
        return index === 0 || room >= 0;
      });
    for (const listener of this.#listeners) listener();
  }

  /** Calls back at each new mail until the answer is called. */
  onMail(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
