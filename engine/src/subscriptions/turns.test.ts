import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Work that holds up the event loop. */
function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('lets clients take turns, and everything else go on in between', async () => {
  const turns = new Turns(2);
  const done: string[] = [];
  const work = (client: string) => () => {
    hold(3);
    done.push(client);
  };
  const greedy = Array.from({ length: 20 }, () => turns.run('greedy', work('greedy')));
  const other = turns.run('other', work('other'));
  let rounds = 0;
  const beat = setInterval(() => (rounds += 1), 1);
  await other;
  // The first began at once; of those that waited each client has had one.
  expect(done.filter((client) => client === 'greedy').length).toBeLessThanOrEqual(2);
  await Promise.all(greedy);
  clearInterval(beat);
  expect(done).toHaveLength(21);
  expect(rounds).toBeGreaterThan(5);
});

it('does at once what there is time for, and hands on what it throws', async () => {
  const turns = new Turns();
  let isDone = false;
  const first = turns.run('a', () => {
    isDone = true;
    return 1;
  });
  expect(isDone).toBe(true);
  expect(await first).toBe(1);
  await expect(
    turns.run('a', () => {
      throw new Error('a mistake in the operation');
    }),
  ).rejects.toThrow('a mistake in the operation');
});
