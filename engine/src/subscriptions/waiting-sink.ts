import type { EngineError } from '../errors.ts';
import type { SubscriptionSink } from './cohort.ts';

/**
 * A client's sink that can be told to wait: nothing reaches the client until it is known whether it may still see what it
 * follows. A live query's newest state is kept meanwhile, and a stream stays where it is.
 */
export class WaitingSink implements SubscriptionSink {
  readonly #sink: SubscriptionSink;
  #isWaiting = false;
  #kept: (() => void) | null = null;

  constructor(sink: SubscriptionSink) {
    this.#sink = sink;
  }

  next(json: string, kind?: 'state' | 'batch'): void {
    if (this.#isWaiting) this.#kept = () => this.#sink.next(json, kind);
    else this.#sink.next(json, kind);
  }

  error(error: EngineError): void {
    if (this.#isWaiting) this.#kept = () => this.#sink.error(error);
    else this.#sink.error(error);
  }

  complete(): void {
    this.#sink.complete();
  }

  /** Asked before each batch of a stream, so that none comes to a sink that waits. */
  isReady(): boolean {
    return !this.#isWaiting && (this.#sink.isReady?.() ?? true);
  }

  /** From now on nothing is sent. */
  wait(): void {
    this.#isWaiting = true;
  }

  /** Drops what was found under rules that are over. */
  forget(): void {
    this.#kept = null;
  }

  /** Sends what is new since it began to wait, and goes on. */
  goOn(): void {
    this.#isWaiting = false;
    const kept = this.#kept;
    this.#kept = null;
    kept?.();
  }

  /** Tells why there is nothing more to come. */
  end(error: EngineError): void {
    this.#sink.error(error);
    this.#sink.complete();
  }
}
