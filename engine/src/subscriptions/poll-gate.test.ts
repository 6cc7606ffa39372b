import { expect, it } from 'vitest';
import { type PollClient, PollGate } from './poll-gate.ts';

const client = (key: string, share = Number.POSITIVE_INFINITY): PollClient => ({ key, share });

/** Statements that run until they are told to end. */
function desk(gate: PollGate) {
  const running: { name: string; end: () => void }[] = [];
  return {
    names: () => running.map(({ name }) => name).sort(),
    ask: (name: string, ...clients: PollClient[]) =>
      gate.run(clients, () => {
        const { promise, resolve } = Promise.withResolvers<void>();
        running.push({ name, end: resolve });
        return promise;
      }),
    async endOne(name: string) {
      const index = running.findIndex((each) => each.name === name);
      running.splice(index, 1)[0]?.end();
      await new Promise(setImmediate);
    },
  };
}

it('leaves connections to requests and to other clients, however much one client asks', async () => {
  const { ask, names, endOne } = desk(new PollGate(16));
  for (let index = 0; index < 100; index += 1) void ask('greedy', client('greedy'));
  expect(names()).toEqual(['greedy', 'greedy']);
  for (const other of ['a', 'b', 'c', 'd', 'e', 'f']) void ask(other, client(other));
  expect(names()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'greedy', 'greedy']);
  void ask('g', client('g'));
  expect(names()).toHaveLength(8);
  await endOne('greedy');
  expect(names()).toContain('g');
  expect(names().filter((name) => name === 'greedy')).toHaveLength(1);
});

it('takes a statement that clients share for the one with the least to wait for', async () => {
  const { ask, names } = desk(new PollGate(16));
  for (let index = 0; index < 100; index += 1) void ask('greedy', client('greedy'));
  void ask('shared', client('greedy'), client('modest'));
  expect(names()).toContain('shared');
});

it('gives a role no more than its share, and a small pool one statement at least', async () => {
  const roomy = desk(new PollGate(100));
  for (let index = 0; index < 9; index += 1) void roomy.ask('anonymous', client('anonymous', 3));
  expect(roomy.names()).toHaveLength(3);
  const small = desk(new PollGate(1));
  void small.ask('a', client('a'));
  void small.ask('b', client('b'));
  expect(small.names()).toEqual(['a']);
  await small.endOne('a');
  expect(small.names()).toEqual(['b']);
});

it('goes on after a statement that failed', async () => {
  const gate = new PollGate(1);
  await expect(gate.run([client('a')], () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await gate.run([client('a')], async () => 1)).toBe(1);
});
