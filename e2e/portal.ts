import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, inject } from 'vitest';
import './provided.ts';

const ADMINISTRATOR = 'admin1@example.com';

/** Runs a statement in the stack's database, for what no person can do through a page. Answers its rows. */
export async function runSql(sql: string): Promise<string[][]> {
  const { result } = (await ask('/v2/query', {
    type: 'run_sql',
    args: { source: 'default', sql },
  })) as { result: string[][] | null };
  return (result ?? []).slice(1);
}

/** Calls an action as a demo administrator, without a browser of theirs. */
export async function asAdministrator(query: string, variables: object): Promise<void> {
  const [[userId] = []] = await runSql(`select id from users where email = '${ADMINISTRATOR}'`);
  const headers = { 'x-hasura-role': 'app_admin', 'x-hasura-user-id': userId as string };
  const answer = (await ask('/v1/graphql', { query, variables }, headers)) as { errors?: unknown };
  expect(answer.errors).toBeUndefined();
}

async function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const { engine, adminSecret } = inject('stack');
  const answer = await fetch(`${engine}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-hasura-admin-secret': adminSecret, ...headers },
    body: JSON.stringify(body),
  });
  return answer.json();
}

/** Runs in the page, whose types this project does not have. */
const NAME_OF_FOCUS = `(() => {
  const element = document.activeElement;
  return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
})()`;

/** Moves the focus on with Tab until it is on the control of that name, as a person without a mouse would. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab');
    const here = (await page.evaluate(NAME_OF_FOCUS)) as string;
    seen.push(here.trim());
    if (typeof name === 'string' ? here.trim() === name : name.test(here)) return;
  }
  throw new Error(`Tab does not lead to ${name}, only to: ${seen.join(' | ')}`);
}

/** The line of a tab to the server, live socket included, which can be cut and put together again. */
export interface CuttableLine {
  cut(): Promise<void>;
  restore(): Promise<void>;
}

/** Takes the line of a page into the test's hands; to be called before the page opens anything. */
export async function makeLineCuttable(page: Page): Promise<CuttableLine> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket('**/v1/graphql', (socket) => {
    if (isCut) return void socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  return {
    async cut() {
      isCut = true;
      await page.context().setOffline(true);
      await Promise.all([...sockets].map((socket) => socket.close().catch(() => undefined)));
      sockets.clear();
    },
    async restore() {
      isCut = false;
      await page.context().setOffline(false);
    },
  };
}

/** Fails when a page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}
