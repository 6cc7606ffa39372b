import type { WebSocket } from 'ws';
import { guarded } from '../guarded.ts';

/** From here on a client counts as slow: newer states replace the ones that wait. */
const SLOW_BYTES = 1024 * 1024;
/** More than this waits for nobody: the connection is cut. */
const LOST_BYTES = 64 * 1024 * 1024;

/**
 * Sends messages in order, but keeps only the newest state of each live query while the client is slow, so
 * that neither memory nor the age of what it sees grows with its slowness.
 */
export class Outbox {
  readonly #socket: WebSocket;
  readonly #onDropped: () => void;
  readonly #onSent: () => void;
  readonly #slowBytes: number;
  readonly #waiting = new Map<string, string>();

  /** `onDropped` is told of a state that never went out, `onSent` whenever the client has taken something. */
  constructor(socket: WebSocket, onDropped: () => void, onSent: () => void, slowBytes = SLOW_BYTES) {
    this.#socket = socket;
    this.#onDropped = onDropped;
    this.#onSent = onSent;
    this.#slowBytes = slowBytes;
  }

  /** Whether more waits to be taken by the client than it should. */
  get isSlow(): boolean {
    return this.#socket.bufferedAmount > this.#slowBytes;
  }

  /** Sends a message that must arrive. */
  send(message: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > LOST_BYTES) {
      this.#socket.terminate();
      return;
    }
    this.#socket.send(message, this.#whenSent);
  }

  /** Sends the newest state of a live query; one that has not gone out yet is forgotten. */
  sendState(id: string, message: string): void {
    if (!this.isSlow) {
      this.send(message);
      return;
    }
    if (this.#waiting.has(id)) this.#onDropped();
    this.#waiting.set(id, message);
  }

  /** Forgets what waits for an operation that is over. */
  forget(id: string): void {
    this.#waiting.delete(id);
  }

  #flush(): void {
    for (const [id, message] of this.#waiting) {
      if (this.isSlow) return;
      this.#waiting.delete(id);
      this.send(message);
    }
  }

  readonly #whenSent = guarded(
    () => {
      this.#flush();
      this.#onSent();
    },
    () => this.#socket.terminate(),
  );
}
