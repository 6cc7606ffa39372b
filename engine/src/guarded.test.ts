import { EventEmitter, once } from 'node:events';
import { expect, it } from 'vitest';
import { guarded } from './guarded.ts';

it('hands what a listener throws or rejects with to whoever it concerns, and nobody else', async () => {
  const emitter = new EventEmitter();
  const failures: string[] = [];
  const heard: number[] = [];
  const failOwn = (error: Error): unknown => failures.push(error.message);
  const throws = guarded((n: number) => {
    throw new RangeError(`thrown at ${n}`);
  }, failOwn);
  const rejects = guarded(async (n: number) => {
    throw `rejected at ${n}`;
  }, failOwn);
  emitter.on('word', throws);
  emitter.on('word', rejects);
  emitter.on('word', (n: number) => heard.push(n));
  emitter.emit('word', 1);
  emitter.emit('word', 2);
  await expect
    .poll(() => failures.sort())
    .toEqual(['rejected at 1', 'rejected at 2', 'thrown at 1', 'thrown at 2']);
  expect(heard).toEqual([1, 2]);
});

it('writes to the terminal what cannot be told otherwise', async () => {
  const warning = once(process, 'warning');
  const tellNobody = guarded(
    () => {
      throw new Error('the first');
    },
    () => {
      throw new Error('the log is full');
    },
  );
  tellNobody();
  expect((await warning)[0]).toMatchObject({ message: 'the log is full' });
});
