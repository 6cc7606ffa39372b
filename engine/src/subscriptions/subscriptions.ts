import type { Session } from '../auth/session.ts';
import { asEngineError, EngineError } from '../errors.ts';
import type { QueryExecutable } from '../execute/executable.ts';
import type { ReadyOperation } from '../execute/operation-cache.ts';
import { resolveParameters } from '../execute/parameters.ts';
import type { Pool } from '../execute/pool.ts';
import type { ParameterValue } from '../execute/statement.ts';
import { glueAnswer, type SubscriptionSink } from './cohort.ts';
import { LiveQueries, type SubscriptionStats } from './live-queries.ts';
import type { Followed, Membership, Subscription } from './membership.ts';
import { type PollerSettings, pollKey } from './poller.ts';
import { type Follower, StatementLedger } from './statement-ledger.ts';
import { Streams } from './streams.ts';
import { Turns } from './turns.ts';
import { WaitingSink } from './waiting-sink.ts';

interface Running {
  readonly prepare: () => ReadyOperation;
  readonly session: Session;
  readonly sink: WaitingSink;
  readonly follower: Follower;
  membership: Membership;
}

/** Every subscription of the process, live queries and streams, under the metadata of the moment. */
export class Subscriptions {
  readonly #liveQueries: LiveQueries;
  readonly #streams: Streams;
  readonly #running = new Set<Running>();
  readonly #ledger = new StatementLedger();
  readonly #turns = new Turns();
  #generation = 0;

  constructor(
    pool: Pool,
    settings: { readonly liveQueries: PollerSettings; readonly streams: PollerSettings },
  ) {
    this.#liveQueries = new LiveQueries(pool, settings.liveQueries);
    this.#streams = new Streams(pool, settings.streams);
  }

  stats(): { liveQueries: SubscriptionStats; streams: SubscriptionStats } {
    return { liveQueries: this.#liveQueries.stats(), streams: this.#streams.stats() };
  }

  /**
   * Starts what `prepare` answers, which is called again whenever metadata has changed. Refuses what would be one
   * statement too many for the follower.
   */
  subscribe(
    prepare: () => ReadyOperation,
    session: Session,
    given: SubscriptionSink,
    follower: Follower,
  ): Subscription {
    const sink = new WaitingSink(given);
    const ready = prepare();
    const followed = follow(ready, session, null);
    if (followed === null) {
      // Nothing but `__typename`: one answer, and it never changes.
      sink.next(glueAnswer(subscriptionOf(ready).parts, []));
      return { stop: () => undefined };
    }
    this.#ledger.check(pollKey(followed), follower);
    const membership = this.#join(ready, followed, sink, follower);
    const running: Running = { prepare, session, sink, follower, membership };
    this.#running.add(running);
    return {
      stop: () => {
        if (this.#running.delete(running)) running.membership.stop();
      },
    };
  }

  /**
   * Plans everything anew, each in its turn: whoever may no longer see what they follow is told and let go, the others go
   * on, under their new filters where those have changed. Until a subscription has had its turn nothing is sent to it.
   */
  renew(): void {
    this.#generation += 1;
    const generation = this.#generation;
    for (const running of this.#running) {
      running.sink.wait();
      const work = (): void => {
        // Another change may have come meanwhile, which plans everything once more.
        if (generation === this.#generation && this.#running.has(running)) this.#renewOne(running);
      };
      void this.#turns.run(running.follower.client, work);
    }
  }

  #renewOne(running: Running): void {
    const { membership, session, sink, follower } = running;
    try {
      const ready = running.prepare();
      const followed = follow(ready, session, membership.cursor());
      if (followed !== null && !membership.follows(followed)) {
        sink.forget();
        running.membership = this.#join(ready, followed, sink, follower);
        membership.stop();
      }
      sink.goOn();
    } catch (thrown) {
      this.#running.delete(running);
      membership.stop();
      sink.end(asEngineError(thrown));
    }
  }

  stop(): void {
    this.#running.clear();
    this.#liveQueries.stop();
    this.#streams.stop();
  }

  #join(ready: ReadyOperation, followed: Followed, sink: SubscriptionSink, follower: Follower): Membership {
    const group = subscriptionOf(ready).streamFrom === null ? this.#liveQueries : this.#streams;
    const client = { key: follower.client, share: follower.bounds.concurrentPerClient };
    const membership = group.join(followed, sink, client);
    const forget = this.#ledger.add(pollKey(followed), follower);
    return {
      ...membership,
      stop: () => {
        forget();
        membership.stop();
      },
    };
  }
}

/** What an operation follows for a session; a stream goes on from `cursor` where it still fits. */
function follow(
  ready: ReadyOperation,
  session: Session,
  cursor: readonly ParameterValue[] | null,
): Followed | null {
  const { multiplexed: statement, parts, streamFrom } = subscriptionOf(ready);
  if (statement === null) return null;
  const { limits } = ready;
  const scope = { session, variables: ready.variables };
  if (streamFrom === null) {
    return { statement, limits, parts, parameters: resolveParameters(statement.parameters, scope) };
  }
  const size = new Set(
    statement.parameters.flatMap((source) => (source.kind === 'cursor' ? [source.part] : [])),
  ).size;
  const from = cursor?.length === size ? cursor : resolveParameters([streamFrom], scope);
  return {
    statement,
    limits,
    parts,
    parameters: resolveParameters(statement.parameters, { ...scope, cursor: from }),
  };
}

function subscriptionOf({ executable }: ReadyOperation): QueryExecutable {
  if (executable.kind === 'subscription') return executable;
  throw new EngineError('unexpected', 'only subscriptions can be subscribed to', { path: '$' });
}
