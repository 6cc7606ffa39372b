import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillSignIn, launchBrowser } from './fixtures.ts';
import { theStack } from './provided.ts';

/** What a strict browser does to a page: whatever reaches beyond it throws as soon as it is asked for. */
const refuseEverything = `
  const refuse = () => { throw new DOMException('refused', 'SecurityError'); };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
    Object.defineProperty(window, name, { get: refuse });
  }
  window.BroadcastChannel = class { constructor() { refuse(); } };
  Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: refuse });
`;

/** Both apps where the browser refuses storage, channels and workers: less comfort, and nothing else. */
describe('in a browser that refuses everything it may refuse', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function open(address: string, errors: string[]): Promise<Page> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    await context.addInitScript(refuseEverything);
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(address);
    return page;
  }

  it('the console signs in, lists and opens a request', async () => {
    const errors: string[] = [];
    const page = await open(theStack().admin, errors);
    await fillSignIn(page, 'admin1@example.com');
    await page.getByRole('heading', { name: 'Requests', exact: true }).waitFor();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByText('What happened so far').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('the portal signs in and shows the dashboard', async () => {
    const errors: string[] = [];
    const page = await open(theStack().portal, errors);
    await fillSignIn(page, 'vendor1@example.com');
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.locator('input[type="password"]').waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
