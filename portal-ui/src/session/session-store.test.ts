import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../lib/api-error.ts';
import type { ExclusiveRunner } from './refresh-lock.ts';
import type { SessionPayload } from './session.ts';
import type { SessionChannel, SessionNews } from './session-channel.ts';
import { createSessionStore, type SessionDependencies, type SessionStore } from './session-store.ts';

const minutes = 60_000;

/** A browser: its tabs share one lock, one line and one refresh cookie that is good for one use. */
function createBrowser() {
  let queue: Promise<unknown> = Promise.resolve();
  const lines = new Set<(news: SessionNews) => void>();
  const server = { refreshes: 0, concurrent: 0, worst: 0, fails: undefined as ApiError | undefined };
  const cookie = { present: true };
  const stores: SessionStore[] = [];

  const runExclusively: ExclusiveRunner = (work) => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  function payload(user = 'u1'): SessionPayload {
    const iat = Math.floor(Date.now() / 1000);
    const claims = btoa(JSON.stringify({ iat, exp: iat + 15 * 60, n: server.refreshes, user }));
    return {
      accessToken: `h.${claims}.s`,
      expiresAt: new Date(Date.now() + 15 * minutes).toISOString(),
      role: 'vendor',
      user: { id: user, email: `${user}@example.com`, vendorId: 'v1' },
    };
  }

  async function refresh() {
    server.concurrent += 1;
    server.worst = Math.max(server.worst, server.concurrent);
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.concurrent -= 1;
    if (server.fails) throw server.fails;
    server.refreshes += 1;
    return payload();
  }

  function openTab(changes: Partial<SessionDependencies> = {}) {
    const own = new Set<(news: SessionNews) => void>();
    const channel: SessionChannel = {
      tell(news) {
        for (const line of lines) if (!own.has(line)) queueMicrotask(() => line(news));
      },
      listen(listener) {
        lines.add(listener);
        own.add(listener);
        return () => lines.delete(listener);
      },
      close() {},
    };
    const store = createSessionStore({
      login: async (email) => {
        cookie.present = true;
        return payload(email);
      },
      refresh,
      logout: async () => {
        cookie.present = false;
      },
      changePassword: async () => payload(),
      hasSessionCookie: () => cookie.present,
      runExclusively,
      otherTabsAreOpen: async () => lines.size > 1,
      awaitInterruptedRefresh: async () => {},
      markRefreshUnderWay: () => () => {},
      channel,
      ...changes,
    });
    stores.push(store);
    return store;
  }

  return { openTab, server, cookie, closeAll: () => stores.map((store) => store.close()) };
}

let browser: ReturnType<typeof createBrowser>;
beforeEach(() => {
  vi.useFakeTimers();
  browser = createBrowser();
});
afterEach(() => {
  browser.closeAll();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(500);
const offline = new ApiError({ code: 'NETWORK', fields: [] });
const refused = new ApiError({ code: 'UNAUTHORIZED', fields: [] });
const tokenOf = (store: SessionStore) => {
  const state = store.state();
  return state.status === 'signed-in' ? state.session.accessToken : undefined;
};

describe('taking up a session', () => {
  it('asks nobody when there is no cookie', async () => {
    browser.cookie.present = false;
    const tab = browser.openTab();
    await tab.restore();
    expect(tab.state()).toEqual({ status: 'signed-out', reason: 'none' });
    expect(browser.server.refreshes).toBe(0);
  });

  it('stays undecided until the server has answered, so that no sign-in form flashes by', async () => {
    const tab = browser.openTab();
    const restored = tab.restore();
    expect(tab.state().status).toBe('unknown');
    await settle();
    await restored;
    expect(tab.state().status).toBe('signed-in');
  });

  it('does not mistake a dead line for an ended session, and goes on by itself', async () => {
    browser.server.fails = offline;
    const tab = browser.openTab();
    void tab.restore();
    await settle();
    expect(tab.state().status).toBe('unreachable');
    browser.server.fails = undefined;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(tab.state().status).toBe('signed-in');
  });

  it('ends when the server says so', async () => {
    browser.server.fails = refused;
    const tab = browser.openTab();
    void tab.restore();
    await settle();
    expect(tab.state()).toEqual({ status: 'signed-out', reason: 'none' });
  });
});

describe('several tabs', () => {
  it('take a session over from a tab that has one instead of refreshing again', async () => {
    const first = browser.openTab();
    void first.restore();
    await settle();
    const second = browser.openTab();
    void second.restore();
    await settle();
    expect(tokenOf(second)).toBe(tokenOf(first));
    expect(browser.server.refreshes).toBe(1);
  });

  it('that open at once refresh once, one at a time', async () => {
    const tabs = Array.from({ length: 5 }, () => browser.openTab());
    for (const tab of tabs) void tab.restore();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(new Set(tabs.map(tokenOf)).size).toBe(1);
    expect(tokenOf(tabs[0]!)).toBeDefined();
    expect(browser.server).toMatchObject({ refreshes: 1, worst: 1 });
  });

  it('renew before the end, and only one of them asks the server', async () => {
    const tabs = [browser.openTab(), browser.openTab(), browser.openTab()];
    for (const tab of tabs) void tab.restore();
    await settle();
    const before = tokenOf(tabs[0]!);
    await vi.advanceTimersByTimeAsync(14.5 * minutes);
    expect(tokenOf(tabs[0]!)).not.toBe(before);
    expect(new Set(tabs.map(tokenOf)).size).toBe(1);
    expect(browser.server).toMatchObject({ refreshes: 2, worst: 1 });
  });

  it('sign out together', async () => {
    const [one, other] = [browser.openTab(), browser.openTab()];
    void one.restore();
    await settle();
    void other.restore();
    await settle();
    await one.signOut();
    await settle();
    expect(other.state()).toEqual({ status: 'signed-out', reason: 'signed-out' });
  });

  it('follow when another person signs in', async () => {
    const [one, other] = [browser.openTab(), browser.openTab()];
    void one.restore();
    await settle();
    await other.signIn('u2', 'secret');
    await settle();
    const state = one.state();
    expect(state.status === 'signed-in' && state.session.user.id).toBe('u2');
  });
});

describe('a token for a call', () => {
  it('is renewed once for all calls that find it refused', async () => {
    const tab = browser.openTab();
    void tab.restore();
    await settle();
    const old = tokenOf(tab)!;
    const renewals = Promise.all([tab.renew(old), tab.renew(old), tab.renew(old)]);
    await settle();
    const tokens = await renewals;
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).not.toBe(old);
    expect(browser.server.refreshes).toBe(2);
    expect(await tab.renew(old)).toBe(tokens[0]);
    expect(browser.server.refreshes).toBe(2);
  });

  it('is refused at once to somebody who is signed out', async () => {
    browser.cookie.present = false;
    const tab = browser.openTab();
    await tab.restore();
    await expect(tab.accessToken()).rejects.toMatchObject({ problem: { code: 'UNAUTHORIZED' } });
  });

  it('says that the session has ended when renewal is refused in the middle of work', async () => {
    const tab = browser.openTab();
    void tab.restore();
    await settle();
    browser.server.fails = refused;
    const renewal = expect(tab.renew(tokenOf(tab)!)).rejects.toMatchObject({
      problem: { code: 'UNAUTHORIZED' },
    });
    await settle();
    await renewal;
    expect(tab.state()).toEqual({ status: 'signed-out', reason: 'ended' });
  });

  it('survives a clock that is an hour off', async () => {
    const tab = browser.openTab({
      refresh: async () => {
        browser.server.refreshes += 1;
        const iat = Math.floor(Date.now() / 1000) - 3600;
        return {
          accessToken: `h.${btoa(JSON.stringify({ iat, exp: iat + 900 }))}.s`,
          expiresAt: new Date(Date.now() - 45 * minutes).toISOString(),
          role: 'vendor',
          user: { id: 'u1', email: 'u1@example.com', vendorId: 'v1' },
        };
      },
    });
    void tab.restore();
    await vi.advanceTimersByTimeAsync(5 * minutes);
    expect(browser.server.refreshes).toBe(1);
    await expect(tab.accessToken()).resolves.toBe(tokenOf(tab));
  });
});
