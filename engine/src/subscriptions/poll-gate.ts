/** A client as far as the work for its subscriptions is concerned. */
export interface PollClient {
  /** The user, or the address of whoever is not known. */
  readonly key: string;
  /** Statements that may run for it at one time. */
  readonly share: number;
}

interface Lane {
  running: number;
  readonly most: number;
  readonly waiting: (() => void)[];
}

/** The part of the pool's connections that live queries and streams leave to requests. */
const REQUESTS_PART = 1 / 2;
/** The part of what is left that one client may use. */
const CLIENT_PART = 1 / 4;
/** A statement that more clients share is hardly anybody's attack: so many are looked at, and no more. */
const MOST_CLIENTS = 64;

/**
 * Decides which statements of subscriptions run: at one time no more than leave connections for requests, of one
 * client no more than leave some for other clients, and clients take turns.
 */
export class PollGate {
  readonly #slots: number;
  readonly #share: number;
  readonly #lanes = new Map<string, Lane>();
  #running = 0;

  constructor(maxConnections: number) {
    this.#slots = Math.max(1, Math.floor(maxConnections * (1 - REQUESTS_PART)));
    this.#share = Math.max(1, Math.ceil(this.#slots * CLIENT_PART));
  }

  /** Runs a statement that is asked for these clients, as one of the client with the least to wait for. */
  async run<T>(clients: Iterable<PollClient>, work: () => Promise<T>): Promise<T> {
    const { key, share } = this.#leastBusy(clients);
    const most = Math.max(1, Math.min(share, this.#share));
    const lane = this.#lanes.get(key) ?? { running: 0, most, waiting: [] };
    this.#lanes.set(key, lane);
    if (this.#running >= this.#slots || lane.running >= lane.most || lane.waiting.length > 0) {
      await new Promise<void>((resolve) => lane.waiting.push(resolve));
    } else this.#take(lane);
    try {
      return await work();
    } finally {
      lane.running -= 1;
      this.#running -= 1;
      this.#admit();
      if (lane.running === 0 && lane.waiting.length === 0) this.#lanes.delete(key);
    }
  }

  #take(lane: Lane): void {
    lane.running += 1;
    this.#running += 1;
  }

  /** Lets in who waits: of the clients with the least under way, the one whose turn is longest ago. */
  #admit(): void {
    while (this.#running < this.#slots) {
      let next: [string, Lane] | undefined;
      for (const entry of this.#lanes) {
        const [, lane] = entry;
        if (lane.waiting.length === 0 || lane.running >= lane.most) continue;
        if (next === undefined || lane.running < next[1].running) next = entry;
        if (lane.running === 0) break;
      }
      if (next === undefined) return;
      const [key, lane] = next;
      // To the end of the line, behind everybody else.
      this.#lanes.delete(key);
      this.#lanes.set(key, lane);
      this.#take(lane);
      lane.waiting.shift()?.();
    }
  }

  #leastBusy(clients: Iterable<PollClient>): PollClient {
    let best: PollClient = NOBODY;
    let least = Number.POSITIVE_INFINITY;
    let seen = 0;
    for (const client of clients) {
      const lane = this.#lanes.get(client.key);
      const busy = lane === undefined ? 0 : lane.running + lane.waiting.length;
      if (busy < least) [best, least] = [client, busy];
      seen += 1;
      if (least === 0 || seen === MOST_CLIENTS) break;
    }
    return best;
  }
}

const NOBODY: PollClient = { key: '', share: Number.POSITIVE_INFINITY };
