import type { Page, WebSocketRoute } from 'playwright-core';
import { expect } from 'vitest';

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
