import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthApi } from './auth-api.ts';
import { createSession, type Session, SessionEndedError } from './session.ts';
import type { TabMessage, Tabs } from './tabs.ts';
import type { Grant, RefreshResult } from './types.ts';

const QUARTER = 15 * 60_000;
const user = { id: 'u1', email: 'admin1@example.com' };

/** A browser with one lock and one channel, in which a test opens tabs. */
function createBrowser() {
  const listeners = new Set<(message: TabMessage) => void>();
  let queue: Promise<unknown> = Promise.resolve();
  return function openTab(): Tabs {
    let own: ((message: TabMessage) => void) | undefined;
    return {
      exclusively: (work) => {
        const turn = queue.then(work);
        queue = turn.catch(() => undefined);
        return turn;
      },
      tell: (message) => {
        for (const listener of listeners) if (listener !== own) queueMicrotask(() => listener(message));
      },
      listen: (listener) => {
        own = listener;
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  };
}

function createServer() {
  let serial = 0;
  const grant = (): Grant => ({ accessToken: `token-${++serial}`, expiresAt: Date.now() + QUARTER, user });
  const server = {
    cookie: true,
    refreshes: 0,
    answer: undefined as RefreshResult | undefined,
    api: {} as AuthApi,
  };
  server.api = {
    mayHaveSession: () => server.cookie,
    signIn: async (_email, password) => {
      if (password !== 'right') return { ok: false, problem: 'credentials' };
      server.cookie = true;
      return { ok: true, grant: grant() };
    },
    refresh: async () => {
      server.refreshes++;
      return server.answer ?? { kind: 'granted', grant: grant() };
    },
    signOut: async () => {
      server.cookie = false;
      return 'done';
    },
    changePassword: async (_token, current) =>
      current === 'right' ? { ok: true, grant: grant() } : { ok: false, problem: 'current' },
  };
  return server;
}

const status = (session: Session) => session.getState().status;

/** Lets timers and promises run for a while. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a session', () => {
  it('does not ask the server when there is no cookie', async () => {
    const server = createServer();
    server.cookie = false;
    const session = createSession(server.api, createBrowser()());
    await session.start();
    expect(status(session)).toBe('signed-out');
    expect(server.refreshes).toBe(0);
  });

  it('starts from the cookie', async () => {
    const server = createServer();
    const session = createSession(server.api, createBrowser()());
    void session.start();
    await pass(200);
    expect(session.getState()).toEqual({ status: 'signed-in', user });
    expect(await session.getAccessToken()).toBe('token-1');
  });

  it('hands its token to a tab that opens later, without another refresh', async () => {
    const server = createServer();
    const openTab = createBrowser();
    const first = createSession(server.api, openTab());
    void first.start();
    await pass(200);
    const second = createSession(server.api, openTab());
    void second.start();
    await pass(200);
    expect(await second.getAccessToken()).toBe('token-1');
    expect(server.refreshes).toBe(1);
    const heard = vi.fn();
    first.subscribe(heard);
    void createSession(server.api, openTab()).start();
    await pass(200);
    expect(heard).not.toHaveBeenCalled();
  });

  it('renews before the end, in one tab for all of them', async () => {
    const server = createServer();
    const openTab = createBrowser();
    const tabs = [createSession(server.api, openTab()), createSession(server.api, openTab())];
    for (const session of tabs) void session.start();
    await pass(400);
    expect(server.refreshes).toBe(1);
    await pass(QUARTER - 30_000);
    expect(server.refreshes).toBe(2);
    expect(await Promise.all(tabs.map((session) => session.getAccessToken()))).toEqual([
      'token-2',
      'token-2',
    ]);
  });

  it('gives many callers one new token in place of a refused one', async () => {
    const server = createServer();
    const session = createSession(server.api, createBrowser()());
    await session.signIn('a@b.example', 'right');
    const tokens = await Promise.all([1, 2, 3].map(() => session.replaceAccessToken('token-1')));
    expect(tokens).toEqual(['token-2', 'token-2', 'token-2']);
    expect(server.refreshes).toBe(1);
  });

  it('expires in every tab when the server refuses, remembering whose it was', async () => {
    const server = createServer();
    const openTab = createBrowser();
    const tabs = [createSession(server.api, openTab()), createSession(server.api, openTab())];
    for (const session of tabs) void session.start();
    await pass(400);
    server.answer = { kind: 'refused' };
    await pass(QUARTER);
    for (const session of tabs) expect(session.getState()).toEqual({ status: 'expired', user });
    await expect(tabs[0]!.getAccessToken()).rejects.toThrow(SessionEndedError);
    expect(server.refreshes).toBe(2);
  });

  it('waits for a server out of reach and carries on', async () => {
    const server = createServer();
    server.answer = { kind: 'unreachable' };
    const session = createSession(server.api, createBrowser()());
    void session.start();
    await pass(200);
    expect(status(session)).toBe('unreachable');
    server.answer = undefined;
    await pass(15_000);
    expect(status(session)).toBe('signed-in');
  });

  it('keeps a person signed in while the network is away', async () => {
    const server = createServer();
    const session = createSession(server.api, createBrowser()());
    await session.signIn('a@b.example', 'right');
    server.answer = { kind: 'unreachable' };
    await pass(2 * QUARTER);
    expect(status(session)).toBe('signed-in');
    await expect(session.getAccessToken()).rejects.toThrow('Failed to fetch');
  });

  it('says what went wrong and stays out', async () => {
    const server = createServer();
    server.cookie = false;
    const session = createSession(server.api, createBrowser()());
    await session.start();
    expect(await session.signIn('a@b.example', 'wrong')).toEqual({ ok: false, problem: 'credentials' });
    expect(status(session)).toBe('signed-out');
  });

  it('signs out in every tab', async () => {
    const server = createServer();
    const openTab = createBrowser();
    const tabs = [createSession(server.api, openTab()), createSession(server.api, openTab())];
    await tabs[0]!.signIn('a@b.example', 'right');
    await pass(1);
    expect(tabs.map(status)).toEqual(['signed-in', 'signed-in']);
    await tabs[1]!.signOut(false);
    await pass(1);
    expect(tabs.map(status)).toEqual(['signed-out', 'signed-out']);
  });

  it('goes on with the session that a changed password brings, in every tab', async () => {
    const server = createServer();
    const openTab = createBrowser();
    const [first, second] = [createSession(server.api, openTab()), createSession(server.api, openTab())];
    void first.start();
    await pass(1_000);
    expect(await first.changePassword('wrong', 'a new one for me')).toMatchObject({ problem: 'current' });
    expect(await first.getAccessToken()).toBe('token-1');
    expect(await first.changePassword('right', 'a new one for me')).toMatchObject({ ok: true });
    await pass(0);
    expect(await first.getAccessToken()).toBe('token-2');
    expect(await second.getAccessToken()).toBe('token-2');
    expect(server.refreshes).toBe(1);
  });
});
