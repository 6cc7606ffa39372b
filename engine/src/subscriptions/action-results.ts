import { asEngineError } from '../errors.ts';
import type { QueryPart } from '../execute/executable.ts';
import { glueObject } from '../execute/json-text.ts';
import type { RunAction } from '../execute/run-query.ts';
import type { SubscriptionSink } from './cohort.ts';
import type { Subscription } from './membership.ts';

/** What one look at the results needs. */
export interface ResultsLook {
  readonly parts: readonly QueryPart[];
  readonly runAction: RunAction;
}

/**
 * Watches what becomes of asynchronous actions: asks again at each interval, and sends what has changed. Each look
 * is prepared anew, so that it is the metadata of the moment that says who may see what.
 */
export function watchActionResults(
  prepare: () => ResultsLook,
  intervalMs: number,
  sink: SubscriptionSink,
): Subscription {
  let last = '';
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    try {
      const answer = await answerOf(prepare());
      if (!isStopped && answer !== last) {
        last = answer;
        sink.next(answer);
      }
    } catch (thrown) {
      const error = asEngineError(thrown);
      // While Postgres is away there is nothing to tell, and an error is told once.
      if (!isStopped && error.message !== 'connection error' && error.message !== last) {
        last = error.message;
        sink.error(error);
      }
    }
    if (!isStopped) timer = setTimeout(() => void look(), intervalMs);
  };
  void look();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

async function answerOf({ parts, runAction }: ResultsLook): Promise<string> {
  const members = await Promise.all(
    parts.map(async (part) => ({
      key: part.key,
      json: part.kind === 'action' ? await runAction(part.root) : part.kind === 'text' ? part.json : 'null',
    })),
  );
  return `{"data":${glueObject(members)}}`;
}
