import type { EngineError } from '../errors.ts';
import type { ParameterValue } from '../execute/statement.ts';
import { glueAnswer, type Subscriber } from './cohort.ts';
import type { PollTarget } from './poller.ts';

/** One client of a stream; its cohort is where it has come to. */
export interface StreamSubscriber extends Subscriber {
  cohort: StreamCohort;
}

/** The stream around a cohort. */
export interface StreamPlaces {
  /** The cohort of another place, the other parameters being the same. */
  at(cursor: readonly ParameterValue[]): StreamCohort;
  /** Nobody is at this place any more. */
  onEmpty(): void;
}

/**
 * All subscribers of one stream that have come to the same place. A batch takes those that can take it on to the
 * cohort of the place where it ends; whoever is too slow stays, and gets the same rows later.
 */
export class StreamCohort implements PollTarget {
  readonly parameters: readonly ParameterValue[];
  readonly #subscribers = new Set<StreamSubscriber>();
  readonly #places: StreamPlaces;

  constructor(parameters: readonly ParameterValue[], places: StreamPlaces) {
    this.parameters = parameters;
    this.#places = places;
  }

  isAt(parameters: readonly ParameterValue[]): boolean {
    return this.parameters.every((value, index) => value === parameters[index]);
  }

  get size(): number {
    return this.#subscribers.size;
  }

  add(subscriber: StreamSubscriber): void {
    this.#subscribers.add(subscriber);
    subscriber.cohort = this;
  }

  remove(subscriber: StreamSubscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#places.onEmpty();
  }

  get isWaiting(): boolean {
    for (const { sink } of this.#subscribers) if (sink.isReady?.() ?? true) return true;
    return false;
  }

  get hasNewcomers(): boolean {
    for (const subscriber of this.#subscribers) if (!subscriber.isServed) return true;
    return false;
  }

  /** Sends a batch. Without one there is nothing to say, and the place stays. */
  publish([rows, cursor]: readonly string[]): void {
    for (const subscriber of this.#subscribers) subscriber.isServed = true;
    if (rows === undefined || cursor === undefined) return;
    const ready = [...this.#subscribers].filter(({ sink }) => sink.isReady?.() ?? true);
    if (ready.length === 0) return;
    const next = this.#places.at(JSON.parse(cursor) as ParameterValue[]);
    const answers = new Map<Subscriber['parts'], string>();
    for (const subscriber of ready) {
      this.remove(subscriber);
      next.add(subscriber);
      let answer = answers.get(subscriber.parts);
      if (answer === undefined) {
        answer = glueAnswer(subscriber.parts, [rows]);
        answers.set(subscriber.parts, answer);
      }
      subscriber.sink.next(answer, 'batch');
    }
  }

  /** Tells everybody of an error; the stream goes on from the same place. */
  fail(error: EngineError): void {
    for (const subscriber of this.#subscribers) {
      subscriber.isServed = true;
      subscriber.sink.error(error);
    }
  }
}
