import pg from 'pg';
import { endClient } from '../execute/driver.ts';
import { createLastingClient, keepAlive } from '../execute/lasting-client.ts';
import { guarded } from '../guarded.ts';

/** How an engine follows the others on its database. */
export interface SchemaSyncOptions {
  readonly databaseUrl: string;
  readonly channel: string;
  /** Milliseconds between two looks, whether a notification came or not. */
  readonly pollIntervalMs: number;
  readonly applicationName: string;
  /** Other notifications that the same connection may bring, by channel. */
  readonly alsoOn?: Readonly<Record<string, () => void>>;
  /** Looks whether something has changed, and takes it over. */
  readonly follow: () => Promise<void>;
  readonly onError: (error: Error) => void;
}

/**
 * Keeps an engine at what others on the database have changed. A notification brings a change at once; the poll
 * finds it where notifications do not come through, as behind a pooler or after a lost connection.
 */
export class SchemaSync {
  readonly #options: SchemaSyncOptions;
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #following: Promise<void> | null = null;
  #isMissed = false;
  #isStopped = false;

  constructor(options: SchemaSyncOptions) {
    this.#options = options;
    void this.#round();
  }

  /** Ends with the round under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    if (this.#client) await endClient(this.#client);
    await this.#following;
  }

  async #round(): Promise<void> {
    if (this.#client === null) await this.#listen();
    await this.#look();
    if (this.#isStopped) return;
    this.#timer = setTimeout(
      guarded(() => this.#round(), this.#options.onError),
      this.#options.pollIntervalMs,
    );
    this.#timer.unref();
  }

  async #listen(): Promise<void> {
    const { databaseUrl, applicationName, channel } = this.#options;
    const client = createLastingClient(databaseUrl, applicationName);
    const { alsoOn = {}, onError } = this.#options;
    const forget = guarded(() => {
      if (this.#client === client) this.#client = null;
    }, onError);
    client.on('error', forget);
    client.on('end', forget);
    client.on(
      'notification',
      guarded((notification) => {
        const other = alsoOn[notification.channel];
        return other ? other() : this.#look();
      }, onError),
    );
    this.#client = client;
    try {
      await client.connect();
      for (const name of [channel, ...Object.keys(alsoOn)]) {
        await client.query(`LISTEN ${pg.escapeIdentifier(name)}`);
      }
      keepAlive(client);
    } catch {
      // The poll goes on alone, and tries again with its next round.
      forget();
      await endClient(client);
    }
  }

  /** One look at a time; a notification during one asks for another, since that one may have come too early. */
  async #look(): Promise<void> {
    this.#isMissed = true;
    this.#following ??= this.#lookUntilNothingIsMissed().finally(() => {
      this.#following = null;
    });
    await this.#following;
  }

  async #lookUntilNothingIsMissed(): Promise<void> {
    while (this.#isMissed && !this.#isStopped) {
      this.#isMissed = false;
      try {
        await this.#options.follow();
      } catch (error) {
        if (!this.#isStopped) this.#options.onError(error as Error);
      }
    }
  }
}
