import { createHash } from 'node:crypto';
import type { EngineError } from '../errors.ts';
import type { QueryPart } from '../execute/executable.ts';
import { glueObject } from '../execute/json-text.ts';
import type { ParameterValue } from '../execute/statement.ts';
import type { PollTarget } from './poller.ts';

/** Who receives a subscription's results: whole JSON answers as text. */
export interface SubscriptionSink {
  /** A state of a live query, which a newer one may overtake, or a batch of a stream, which must arrive. */
  next(json: string, kind?: 'state' | 'batch'): void;
  /** Whether the client keeps up; a stream waits for it. Always, unless told. */
  isReady?(): boolean;
  error(error: EngineError): void;
  complete(): void;
}

/** One subscription that shares a cohort's results. */
export interface Subscriber {
  readonly sink: SubscriptionSink;
  readonly parts: readonly QueryPart[];
  /** False until the first result has gone out. */
  isServed: boolean;
}

/** All subscribers of one live query with one set of parameters; they see the same rows. */
export class Cohort implements PollTarget {
  readonly parameters: readonly ParameterValue[];
  readonly subscribers = new Set<Subscriber>();
  #lastHash: string | null = null;

  constructor(parameters: readonly ParameterValue[]) {
    this.parameters = parameters;
  }

  get isWaiting(): boolean {
    return this.subscribers.size > 0;
  }

  get hasNewcomers(): boolean {
    for (const subscriber of this.subscribers) if (!subscriber.isServed) return true;
    return false;
  }

  /** Sends a result to whoever has not seen it: all when it changed, newcomers otherwise. */
  publish(roots: readonly string[]): void {
    const hash = hashOf(roots);
    const isChanged = hash !== this.#lastHash;
    this.#lastHash = hash;
    const answers = new Map<readonly QueryPart[], string>();
    for (const subscriber of this.subscribers) {
      if (!isChanged && subscriber.isServed) continue;
      subscriber.isServed = true;
      let answer = answers.get(subscriber.parts);
      if (answer === undefined) {
        answer = glueAnswer(subscriber.parts, roots);
        answers.set(subscriber.parts, answer);
      }
      subscriber.sink.next(answer);
    }
  }

  /** Tells everybody of an error; the next good result goes to all of them again. */
  fail(error: EngineError): void {
    this.#lastHash = null;
    for (const subscriber of this.subscribers) subscriber.sink.error(error);
  }
}

function hashOf(roots: readonly string[]): string {
  const hash = createHash('sha1');
  for (const root of roots) hash.update(root).update('\0');
  return hash.digest('base64');
}

/** A whole answer from the root fields' JSON texts. */
export function glueAnswer(parts: readonly QueryPart[], roots: readonly string[]): string {
  const data = glueObject(
    parts.map((part) => ({
      key: part.key,
      json: part.kind === 'sql' ? (roots[part.column] ?? 'null') : part.kind === 'text' ? part.json : 'null',
    })),
  );
  return `{"data":${data}}`;
}
