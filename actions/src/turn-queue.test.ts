import { setImmediate as tick } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { QueueFull, type Turn, TurnQueue } from './turn-queue.ts';

/** A queue whose work ends when the test says so; what began is written down in order. */
function openQueue(limits: Partial<{ slots: number; perClient: number; perKind: number }> = {}) {
  const queue = new TurnQueue({ slots: 1, perClient: 100, perKind: 100, ...limits });
  const begun: string[] = [];
  const ending: (() => void)[] = [];
  const run = (name: string, turn: Partial<Turn> = {}) => {
    const done = queue.run({ isKnown: false, client: '', subject: '', ...turn }, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ending.push(resolve));
    });
    done.catch(() => undefined);
    return done;
  };
  /** Ends what runs, piece after piece, until nothing is left. */
  const finish = async () => {
    for (let end = ending.shift(); end !== undefined; end = ending.shift()) {
      end();
      await tick();
    }
  };
  const end = async () => {
    ending.shift()!();
    await tick();
  };
  return { run, begun, finish, end };
}

const known = (client: string): Partial<Turn> => ({ isKnown: true, client });

test('no more runs at once than there are slots, and a failure frees its slot', async () => {
  const { run, begun, end, finish } = openQueue({ slots: 2 });
  for (const name of ['a', 'b', 'c']) void run(name);
  expect(begun).toEqual(['a', 'b']);
  await end();
  expect(begun).toEqual(['a', 'b', 'c']);
  await finish();
  const queue = new TurnQueue({ slots: 1, perClient: 1, perKind: 1 });
  const turn = { isKnown: true, client: '', subject: '' };
  const failed = queue.run(turn, () => Promise.reject(new Error('no')));
  const next = queue.run(turn, async () => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

test('clients take turns, whatever one of them brings; so do the people behind one address', async () => {
  const { run, begun, finish } = openQueue();
  void run('running');
  for (const name of ['a1', 'a2', 'a3']) void run(name, { client: 'a', subject: 'one' });
  void run('a of another', { client: 'a', subject: 'two' });
  void run('b', { client: 'b' });
  await finish();
  expect(begun).toEqual(['running', 'a1', 'b', 'a of another', 'a2', 'a3']);
});

test('known clients come first, and every fourth turn is the others’', async () => {
  const { run, begun, finish } = openQueue();
  void run('running');
  for (const name of ['x1', 'x2']) void run(name, { client: 'x' });
  for (const name of ['k1', 'k2', 'k3', 'k4', 'k5']) void run(name, known(name));
  await finish();
  expect(begun).toEqual(['running', 'k1', 'k2', 'k3', 'x1', 'k4', 'k5', 'x2']);
});

test('a client that has too much waiting is refused, and the others are not', async () => {
  const { run, begun, finish } = openQueue({ perClient: 2 });
  void run('running');
  for (const name of ['a1', 'a2']) void run(name, { client: 'a' });
  await expect(run('a3', { client: 'a' })).rejects.toBeInstanceOf(QueueFull);
  void run('b', { client: 'b' });
  await finish();
  expect(begun).toEqual(['running', 'a1', 'b', 'a2']);
});

test('when all room is taken, who waits with most makes room for who waits with less', async () => {
  const { run, begun, finish } = openQueue({ perKind: 3 });
  void run('running');
  const [, newest] = ['a1', 'a2'].map((name) => run(name, { client: 'a' }));
  void run('b', { client: 'b' });
  void run('c', { client: 'c' });
  await expect(newest).rejects.toBeInstanceOf(QueueFull);
  // Now everybody waits with one: there is nobody to make room.
  await expect(run('d', { client: 'd' })).rejects.toBeInstanceOf(QueueFull);
  // The other kind has room of its own.
  void run('known', known('k'));
  await finish();
  expect(begun).toEqual(['running', 'known', 'a1', 'b', 'c']);
});
