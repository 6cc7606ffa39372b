/** The attacker's own process: what it costs to attack delays neither the measured vendor nor, being nice, the servers. */

import { constants, setPriority } from 'node:os';
import type { Target } from './attack.ts';
import { attacks } from './attacks.ts';

/** What the attacker is told. */
export type Order =
  | { readonly type: 'begin'; readonly names: readonly string[]; readonly target: Target }
  | { readonly type: 'end' };

/** What the attacker tells: `seen` once an attack has had the outcome that it has to have. */
export type News =
  | { readonly type: 'ready' }
  | { readonly type: 'seen'; readonly name: string }
  | { readonly type: 'outcomes'; readonly outcomes: Outcomes };

/** How often each attack had each outcome. */
export type Outcomes = Readonly<Record<string, Readonly<Record<string, number>>>>;

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let stop = new AbortController();
let running: Promise<unknown> = Promise.resolve();
let outcomes: Record<string, Record<string, number>> = {};

process.on('message', async (order: Order) => {
  if (order.type === 'begin') {
    stop = new AbortController();
    outcomes = {};
    running = Promise.all(order.names.map((name) => begin(name, order.target, stop.signal)));
    return;
  }
  stop.abort();
  await running;
  process.send?.({ type: 'outcomes', outcomes });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready' });

/** The parent hears of it once the servers have said what they say to this attack. */
async function begin(name: string, target: Target, signal: AbortSignal): Promise<void> {
  const counts: Record<string, number> = {};
  outcomes[name] = counts;
  const attack = attacks.find((one) => one.name === name);
  await attack?.run(target, signal, (outcome) => {
    if (counts[outcome] === undefined && attack.outcome.test(outcome)) process.send?.({ type: 'seen', name });
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  });
}
