import { asEngineError } from '../errors.ts';
import type { QueryPart } from '../execute/executable.ts';
import { glueObject } from '../execute/json-text.ts';
import type { RunAction } from '../execute/run-query.ts';
import { guarded } from '../guarded.ts';
import type { SubscriptionSink } from './cohort.ts';
import type { Subscription } from './membership.ts';
import type { PollGate } from './poll-gate.ts';
import { type Follower, StatementLedger } from './statement-ledger.ts';

/** What one look at the results needs. */
export interface ResultsLook {
  readonly parts: readonly QueryPart[];
  readonly runAction: RunAction;
}

/** The subscriptions to results of asynchronous actions. */
export class ActionResults {
  readonly #intervalMs: number;
  readonly #gate: PollGate;
  readonly #watches = new Set<Subscription>();
  /** Nobody shares a look with others, so that each is a statement of its own. */
  readonly #ledger = new StatementLedger();
  #begun = 0;

  /** `intervalMs` lies between two looks at the same results. */
  constructor(intervalMs: number, gate: PollGate) {
    this.#intervalMs = intervalMs;
    this.#gate = gate;
  }

  /**
   * Watches what becomes of asynchronous actions: asks again at each interval, and sends what has changed. Each look
   * is prepared anew, so that it is the metadata of the moment that says who may see what.
   */
  watch(prepare: () => ResultsLook, sink: SubscriptionSink, follower: Follower): Subscription {
    const client = { key: follower.client, share: follower.bounds.concurrentPerClient };
    this.#begun += 1;
    this.#ledger.check(String(this.#begun), follower);
    const forget = this.#ledger.add(String(this.#begun), follower);
    let last = '';
    let isStopped = false;
    let timer: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      try {
        const answer = await this.#gate.run([client], () => answerOf(prepare()));
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
      if (!isStopped) {
        timer = setTimeout(
          guarded(look, (error) => sink.error(asEngineError(error))),
          this.#intervalMs,
        );
      }
    };
    const watch: Subscription = {
      stop: () => {
        isStopped = true;
        forget();
        clearTimeout(timer);
        this.#watches.delete(watch);
      },
    };
    this.#watches.add(watch);
    void look();
    return watch;
  }

  /** Ends all of them, whether or not those who subscribed have. */
  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }
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
