import { describe, expect, it } from 'vitest';
import { LruCache } from './lru-cache.ts';
import { SharedLimit } from './shared-limit.ts';

describe('the cache', () => {
  it('forgets what was used longest ago', () => {
    const cache = new LruCache<number>(2);
    cache.set('a', 1);
    cache.set('b', 2);
    cache.get('a');
    cache.set('c', 3);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
  });

  it('holds as many as may weigh what they weigh together', () => {
    const cache = new LruCache<string>(10);
    cache.set('small', 's', 2);
    cache.set('large', 'l', 8);
    cache.set('small', 'S', 3);
    expect(['small', 'large'].map((key) => cache.get(key))).toEqual(['S', undefined]);
    cache.set('huge', 'h', 11);
    expect(['small', 'huge'].map((key) => cache.get(key))).toEqual(['S', undefined]);
    cache.set('next', 'n', 10);
    expect(cache.get('next')).toBe('n');
  });

  it('tells what it forgets for want of room', () => {
    const forgotten: string[] = [];
    const cache = new LruCache<number>(4, { onForgotten: (key) => forgotten.push(key) });
    for (const key of ['a', 'b', 'c', 'd']) cache.set(key, 1);
    cache.get('a');
    cache.set('e', 1);
    cache.delete('e');
    for (const key of ['f', 'g']) cache.set(key, 1);
    const kept = ['a', 'b', 'c', 'd', 'f', 'g'].filter((key) => cache.get(key) !== undefined);
    expect([...kept, ...forgotten].sort()).toEqual(['a', 'b', 'c', 'd', 'f', 'g']);
    expect(kept).toContain('g');
    expect(cache.set('huge', 1, 5)).toBe(false);
  });

  it('gives way to others under one limit where it is the heaviest', () => {
    const together = new SharedLimit(100);
    const quiet = new LruCache<number>(80, { together });
    const greedy = new LruCache<number>(80, { together });
    for (let index = 0; index < 30; index++) quiet.set(String(index), index);
    for (let index = 0; index < 1000; index++) {
      greedy.set(String(index), index);
      expect(quiet.weight + greedy.weight).toBeLessThanOrEqual(100);
    }
    expect(quiet.weight).toBe(30);
    expect(greedy.get('999')).toBe(999);
  });
});
