/**
 * Work that only a few may do at once, in turns: whoever brings much of it waits behind their own, and nobody else's.
 *
 * Two kinds of callers wait apart: known ones come first, with every fourth turn left to the others so that these never
 * starve. Within a kind clients take turns, and within a client the subjects do. What waits is bounded; who finds no room
 * is told at once instead of being served when they have long gone.
 */

/** Whose work it is. */
export interface Turn {
  /** Whether the client has shown before who it is. */
  readonly isKnown: boolean;
  /** The client, as far as it can be told from others: an address, a device, a session. */
  readonly client: string;
  /** What its work is about; one client may speak for several people. */
  readonly subject: string;
}

/** How much may run and wait. */
export interface TurnQueueLimits {
  /** Pieces of work at once. */
  readonly slots: number;
  /** Waiting pieces of one client. */
  readonly perClient: number;
  /** Waiting pieces of one kind of callers. */
  readonly perKind: number;
}

/** No room to wait is left. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

interface Waiting {
  readonly begin: () => void;
  readonly refuse: () => void;
}

const KNOWN_IN_A_ROW = 3;

/** The queue. */
export class TurnQueue {
  readonly #limits: TurnQueueLimits;
  readonly #known = new Kind();
  readonly #others = new Kind();
  #free: number;
  #knownInARow = 0;

  constructor(limits: TurnQueueLimits) {
    this.#limits = limits;
    this.#free = limits.slots;
  }

  /** Runs the work when its turn has come; throws a QueueFull when there is no room to wait for it. */
  async run<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(turn);
    try {
      return await work();
    } finally {
      const next = this.#next();
      if (next === undefined) this.#free += 1;
      else next.begin();
    }
  }

  #wait({ isKnown, client, subject }: Turn): Promise<void> {
    const kind = isKnown ? this.#known : this.#others;
    if (kind.sizeOf(client) >= this.#limits.perClient) throw new QueueFull();
    if (kind.size >= this.#limits.perKind) {
      // Whoever waits with most makes room for who waits with less; equals keep their places.
      const evicted = kind.takeFromLongest(kind.sizeOf(client) + 2);
      if (evicted === undefined) throw new QueueFull();
      evicted.refuse();
    }
    return new Promise<void>((resolve, reject) => {
      kind.add(client, subject, { begin: resolve, refuse: () => reject(new QueueFull()) });
    });
  }

  #next(): Waiting | undefined {
    const isOthersTurn = this.#known.size === 0 || this.#knownInARow >= KNOWN_IN_A_ROW;
    if (isOthersTurn && this.#others.size > 0) {
      this.#knownInARow = 0;
      return this.#others.take();
    }
    this.#knownInARow += 1;
    return this.#known.take();
  }
}

type Subjects = Map<string, Waiting[]>;

/** Those of one kind who wait. The order of a map's keys is the order of turns: who had one goes to the end. */
class Kind {
  readonly #clients = new Map<string, { readonly subjects: Subjects; size: number }>();
  size = 0;

  sizeOf(client: string): number {
    return this.#clients.get(client)?.size ?? 0;
  }

  add(client: string, subject: string, waiting: Waiting): void {
    const line = this.#clients.get(client) ?? { subjects: new Map<string, Waiting[]>(), size: 0 };
    this.#clients.set(client, line);
    line.subjects.set(subject, [...(line.subjects.get(subject) ?? []), waiting]);
    line.size += 1;
    this.size += 1;
  }

  take(): Waiting | undefined {
    const [first] = this.#clients;
    if (first === undefined) return undefined;
    const [client, line] = first;
    this.#clients.delete(client);
    const [subject, waiting] = [...line.subjects][0]!;
    line.subjects.delete(subject);
    const next = waiting.shift();
    if (waiting.length > 0) line.subjects.set(subject, waiting);
    line.size -= 1;
    this.size -= 1;
    if (line.size > 0) this.#clients.set(client, line);
    return next;
  }

  /** Takes the newest of the client that waits with most, if that are at least so many. */
  takeFromLongest(atLeast: number): Waiting | undefined {
    let longest: [string, { readonly subjects: Subjects; size: number }] | undefined;
    for (const entry of this.#clients) {
      if (longest === undefined || entry[1].size > longest[1].size) longest = entry;
    }
    if (longest === undefined || longest[1].size < atLeast) return undefined;
    const [client, line] = longest;
    const [subject, waiting] = [...line.subjects].at(-1)!;
    const newest = waiting.pop();
    if (waiting.length === 0) line.subjects.delete(subject);
    line.size -= 1;
    this.size -= 1;
    if (line.size === 0) this.#clients.delete(client);
    return newest;
  }
}
