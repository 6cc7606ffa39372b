import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, signInToConsole } from './fixtures.ts';

const REASON = 'Please add proof of how you would use the higher tier, and ask again.';

describe('a reviewer whose session has run out', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('comes back to the page and the half-written reason', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToConsole(page, 'admin2@example.com');
    await page.getByRole('link', { name: 'Jasper Climbing' }).click();
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByLabel('Reason, shown to the vendor').fill('Half a thought');
    await person.context.clearCookies();
    await page.route('**/v1/graphql', (route) =>
      route.fulfill({ json: { errors: [{ message: 'expired', extensions: { code: 'invalid-jwt' } }] } }),
    );
    await page.getByLabel('Reason, shown to the vendor').fill(REASON);
    await page.getByRole('button', { name: 'Reject and tell the vendor' }).click();
    await page.getByText('Your session ended. Sign in and carry on where you were.').waitFor();
    await page.unroute('**/v1/graphql');
    await page.getByLabel('Password', { exact: true }).fill('tierline-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Reason, shown to the vendor').waitFor();
    expect(await page.getByLabel('Reason, shown to the vendor').inputValue()).toBe(REASON);
  });
});
