import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Run, type Supervised, supervise } from './supervise.ts';

let kept: Supervised | undefined;

afterEach(async () => {
  vi.useRealTimers();
  await kept?.stop();
});

/** A server whose deaths are ours to say. */
function createRun(): Run & { die(reason: string): void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { exited: promise, stop: async () => resolve('stopped'), die: resolve };
}

describe('supervise', () => {
  it('pauses longer before each start, and gives up at the fifth death within a minute', async () => {
    const told: string[] = [];
    let run = createRun();
    let starts = 0;
    kept = await supervise({
      name: 'engine',
      start: async () => {
        starts++;
        run = createRun();
        return run;
      },
      tell: (sentence) => told.push(sentence),
    });
    for (let death = 1; death < 5; death++) {
      const soFar = starts;
      run.die('exit code 7');
      await expect.poll(() => starts).toBe(soFar + 1);
    }
    expect(told.filter((sentence) => sentence.includes('stopped'))).toEqual(
      [0.2, 0.4, 0.8, 1.6].map(
        (pause) => `The engine stopped unexpectedly (exit code 7); it is started again in ${pause} s.`,
      ),
    );
    run.die('exit code 7');
    expect(await kept.givenUp).toBe(
      'The engine stopped unexpectedly (exit code 7), for the 5th time within a minute; everything stops.',
    );
    expect(starts).toBe(5);
  });

  it('begins to count anew after a minute of peace', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let run = createRun();
    let starts = 0;
    const told: string[] = [];
    kept = await supervise({
      name: 'engine',
      start: async () => {
        starts++;
        run = createRun();
        return run;
      },
      tell: (sentence) => told.push(sentence),
    });
    for (let death = 1; death <= 6; death++) {
      run.die('exit code 7');
      await expect.poll(() => starts).toBe(death + 1);
      vi.setSystemTime(Date.now() + 61_000);
    }
    expect(told.filter((sentence) => sentence.includes('again in 0.2 s'))).toHaveLength(6);
  });

  it('counts a start that fails, and starts nothing before what it needs', async () => {
    const database = createRun();
    let isDatabaseStartable = false;
    const told: string[] = [];
    const postgres = await supervise({
      name: 'PostgreSQL server',
      start: async () => {
        if (told.length === 0) return database;
        if (!isDatabaseStartable) throw new Error('not yet');
        return createRun();
      },
      tell: (sentence) => told.push(sentence),
    });
    let run = createRun();
    let engineStarts = 0;
    kept = await supervise({
      name: 'engine',
      after: [postgres],
      start: async () => {
        engineStarts++;
        run = createRun();
        return run;
      },
      tell: () => undefined,
    });
    database.die('ended by SIGKILL');
    run.die('ended by SIGKILL');
    await expect.poll(() => told.join('\n')).toContain('did not start again (not yet)');
    expect(engineStarts).toBe(1);
    isDatabaseStartable = true;
    await expect.poll(() => engineStarts).toBe(2);
    await postgres.stop();
  });

  it('starts nothing again once it is told to stop', async () => {
    const run = createRun();
    let starts = 0;
    kept = await supervise({
      name: 'engine',
      start: async () => {
        starts++;
        return run;
      },
      tell: () => undefined,
    });
    run.die('ended by SIGKILL');
    // Resolves once nobody keeps it any more, so what has not started by then never will.
    await kept.stop();
    expect(starts).toBe(1);
  });
});
