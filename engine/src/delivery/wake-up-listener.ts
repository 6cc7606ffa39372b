import pg from 'pg';
import { endClient } from '../execute/driver.ts';
import { createLastingClient, keepAlive } from '../execute/lasting-client.ts';
import { guarded } from '../guarded.ts';

/** What a listener listens to. */
export interface WakeUpOptions {
  readonly databaseUrl: string;
  /** What to do about a notification, by channel; all are done once after every new connection. */
  readonly channels: Readonly<Record<string, () => void>>;
  readonly onError: (error: Error) => void;
}

const firstRetryMs = 250;
const longestRetryMs = 30_000;

/**
 * Hears a NOTIFY on a connection of its own, so that nobody waits for the next poll. It is a help and no more:
 * where it cannot listen (some connection poolers), the poll alone finds everything, only later.
 */
export class WakeUpListener {
  readonly #options: WakeUpOptions;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #isClosed = false;

  constructor(options: WakeUpOptions) {
    this.#options = options;
    void this.#connect();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (this.#client) await endClient(this.#client);
  }

  async #connect(): Promise<void> {
    const client = createLastingClient(this.#options.databaseUrl, 'hasura-engine events');
    this.#client = client;
    const { channels } = this.#options;
    const { onError } = this.#options;
    client.on(
      'notification',
      guarded(({ channel }) => channels[channel]?.(), onError),
    );
    let isLost = false;
    const lose = guarded((error?: Error): void => {
      if (isLost) return;
      isLost = true;
      void endClient(client);
      this.#retry(error);
    }, onError);
    client.on('error', lose);
    client.on(
      'end',
      guarded(() => lose(), onError),
    );
    try {
      await client.connect();
      for (const channel of Object.keys(channels)) {
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      }
      this.#attempts = 0;
      keepAlive(client);
      // Whatever was told while nobody listened.
      for (const wake of Object.values(channels)) wake();
    } catch (thrown) {
      lose(thrown as Error);
    }
  }

  #retry(error: Error | undefined): void {
    if (this.#isClosed) return;
    // Once per outage: the poll tells of the rest.
    if (this.#attempts === 0 && error) this.#options.onError(error);
    const delay = Math.min(firstRetryMs * 2 ** this.#attempts, longestRetryMs);
    this.#attempts += 1;
    this.#timer = setTimeout(
      guarded(() => this.#connect(), this.#options.onError),
      delay,
    );
  }
}
