import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { awaitInterruptedRefresh, markRefreshUnderWay } from './interrupted-refresh.ts';

const setCsrf = (value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the very cookie the server would set
  document.cookie = `tierline_portal_csrf=${value}`;
};

beforeEach(() => {
  vi.useFakeTimers();
  setCsrf('old');
});
afterEach(() => vi.useRealTimers());

async function isDoneWithin(milliseconds: number): Promise<boolean> {
  let isDone = false;
  void awaitInterruptedRefresh().then(() => {
    isDone = true;
  });
  await vi.advanceTimersByTimeAsync(milliseconds);
  return isDone;
}

describe('a page that opens in the middle of a refresh', () => {
  it('waits for the new cookie, and not longer', async () => {
    markRefreshUnderWay();
    setTimeout(() => setCsrf('new'), 400);
    expect(await isDoneWithin(300)).toBe(false);
    expect(await isDoneWithin(300)).toBe(true);
  });

  it('gives up when none comes', async () => {
    markRefreshUnderWay();
    expect(await isDoneWithin(2_000)).toBe(false);
    expect(await isDoneWithin(2_000)).toBe(true);
  });

  it('does not wait after a refresh that came to its end', async () => {
    markRefreshUnderWay()();
    expect(await isDoneWithin(0)).toBe(true);
  });

  it('does not wait for a note from long ago, or one that makes no sense', async () => {
    markRefreshUnderWay();
    vi.setSystemTime(Date.now() + 60_000);
    expect(await isDoneWithin(0)).toBe(true);
    localStorage.setItem('tierline:portal:refresh-under-way', '{');
    expect(await isDoneWithin(0)).toBe(true);
  });
});
