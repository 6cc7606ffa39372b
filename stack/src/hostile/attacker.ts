import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Target } from './attack.ts';
import type { News, Order, Outcomes } from './attacker-process.ts';

/** Somebody who attacks when told. */
export interface Attacker {
  /** Begins; resolves once each attack has had the outcome that it has to have. */
  begin(names: readonly string[], target: Target): Promise<void>;
  /** Stops all that was begun, and tells what became of it. */
  end(): Promise<Outcomes>;
  leave(): Promise<void>;
}

/** Starts the attacker's process; the caller lets it leave. */
export async function startAttacker(): Promise<Attacker> {
  const child = fork(join(import.meta.dirname, 'attacker-process.ts'), { execArgv: [] });
  const order = (what: Order) => void child.send(what);
  const missing = new Set<string>();
  let allSeen = Promise.withResolvers<void>();
  let ended = Promise.withResolvers<Outcomes>();
  child.on('message', (news: News) => {
    if (news.type === 'seen') missing.delete(news.name);
    if (news.type === 'seen' && missing.size === 0) allSeen.resolve();
    if (news.type === 'outcomes') ended.resolve(news.outcomes);
  });
  await once(child, 'message');
  return {
    begin: (names, target) => {
      for (const name of names) missing.add(name);
      allSeen = Promise.withResolvers();
      order({ type: 'begin', names, target });
      return allSeen.promise;
    },
    end: () => {
      missing.clear();
      ended = Promise.withResolvers();
      order({ type: 'end' });
      return ended.promise;
    },
    leave: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
