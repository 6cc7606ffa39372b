import { describe, expect, it } from 'vitest';
import { LruCache } from './lru-cache.ts';

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
});
