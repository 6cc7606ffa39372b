import type pg from 'pg';
import { EngineError } from '../errors.ts';
import { guarded } from '../guarded.ts';
import { cutLine, socketOf } from './driver.ts';

/** No text of the runtime is longer, so more could not be answered to anybody: V8's `kMaxLength` of strings. */
export const mostAnswerBytes = 512 * 1024 * 1024;

interface Guard {
  left: number;
  allowed: number;
}

const guards = new WeakMap<pg.ClientBase, Guard>();

/**
 * Stands between a connection's socket and the driver. What Postgres sends is counted as it comes in, so that an answer
 * that is too large is refused while it grows and not once it is in memory; and what the driver cannot read (a text that
 * is too long for the runtime) fails the statement instead of ending the process.
 */
export function guardAnswers(client: pg.ClientBase): void {
  const stream = socketOf(client);
  const guard: Guard = { left: mostAnswerBytes, allowed: mostAnswerBytes };
  guards.set(client, guard);
  for (const listener of stream.listeners('data') as ((chunk: Buffer) => void)[]) {
    stream.off('data', listener);
    stream.on(
      'data',
      guarded(
        (chunk: Buffer) => {
          guard.left -= chunk.length;
          if (guard.left < 0) return cutLine(client, answerTooLarge(guard.allowed));
          listener.call(stream, chunk);
        },
        (error) => cutLine(client, error),
      ),
    );
  }
}

/** Lets Postgres send so many bytes from now on; with more the connection is cut and its statement refused. */
export function allowAnswer(client: pg.ClientBase, bytes: number): void {
  const guard = guards.get(client);
  if (!guard) return;
  guard.allowed = Math.min(bytes, mostAnswerBytes);
  // What frames the answer is not the answer: a short one must fit whatever its bound.
  guard.left = guard.allowed + 1024;
}

function answerTooLarge(bytes: number): EngineError {
  return new EngineError(
    'answer-size-limit-exceeded',
    `the answer has more than ${bytes} bytes; ask for fewer rows (limit) or fields`,
    { path: '$' },
  );
}
