import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { countOperations } from './operations.ts';
import { expectNoSidewaysScroll } from './portal.ts';
import { createRequests, removeCreatedVendors } from './requests.ts';

const REASON = 'Please ask for the next tier first; we look at this one in spring.';

/** The queue and one request in it, by every key and in every look. */
describe('a reviewer', () => {
  let browser: Browser;
  let reviewer: Person;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    await createRequests([
      { vendor: 'Sable Brushes' },
      { vendor: 'Thistle Dairy' },
      { vendor: 'Upland Honey' },
    ]);
    reviewer = await newPerson(browser);
    page = await reviewer.openTab();
    await signInToConsole(page, 'admin1@example.com');
    // The newest on top, so that the last one created is the first row.
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Pending, newest first' }).click();
    await page.waitForURL(/order=DESC/);
  });
  afterAll(async () => {
    await browser?.close();
    await removeCreatedVendors();
  });

  const heading = (name: RegExp) => page.getByRole('heading', { level: 1, name });
  const focusedRow = (vendor: string) => page.locator('tr.Mui-selected').getByRole('link', { name: vendor });
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it('finds every key on one sheet, and the search under a slash', async () => {
    await page.getByRole('link', { name: 'Upland Honey' }).waitFor();
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    // Rows that are about to be replaced are faint.
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    await expectAccessible(page);
    await keepScreenshot(page, 'keys');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await press('/');
    await page.locator('input[type=search]:focus').waitFor();
    // There, keys are letters.
    await page.keyboard.type('jar?');
    await page.waitForURL(/jar/);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
    await page.waitForURL((url) => !url.href.includes('jar'));
    await press('Escape');
    await page.locator('input[type=search]:not(:focus)').waitFor();
  });

  it('decides without a mouse, and is led to nothing that acts', async () => {
    await page.getByRole('link', { name: 'Upland Honey' }).waitFor();
    await press('j', 'j', 'j', 'k');
    await focusedRow('Thistle Dairy').waitFor();
    await press('x');
    await page.getByText('1 selected').waitFor();
    await press('x');
    await page.getByText('1 selected').waitFor({ state: 'detached' });
    const operations = countOperations(page);
    await press('Enter');
    await heading(/^Thistle Dairy asks for/).waitFor();
    await page.getByRole('link', { name: 'Next request in the queue' }).waitFor();
    await page.getByText('What happened so far').waitFor();
    await page.waitForLoadState('networkidle');
    expect(operations.names().length, operations.names().join(', ')).toBeLessThanOrEqual(3);
    await pressUntil('k', heading(/^Upland Honey asks for/));
    await page.getByRole('link', { name: 'Next request in the queue' }).waitFor();
    await pressUntil('j', heading(/^Thistle Dairy asks for/));
    await pressUntil('r', page.locator('textarea:focus'));
    await page.keyboard.type('jkar');
    await press('Escape');
    await page.getByRole('button', { name: 'Approve…' }).waitFor();
    await pressUntil('r', page.locator('textarea:focus'));
    // What was written before is still there.
    expect(await page.locator('textarea:focus').inputValue()).toBe('jkar');
    await press('Control+a');
    await page.keyboard.type(REASON);
    await expectAccessible(page);
    await tabTo('Reject and tell the vendor');
    await press('Enter');
    await page.getByText('Rejected by you').waitFor();
    // The focus is on what happened, and on nothing that acts.
    await page.locator('[role=status]:focus', { hasText: 'Rejected by you' }).waitFor();
    await press('Escape');
    await page.getByRole('heading', { name: 'Requests', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Thistle Dairy' }).waitFor({ state: 'detached' });
    await press('j');
    await focusedRow('Upland Honey').waitFor();
    await press('a');
    await page.getByRole('button', { name: 'Yes, approve' }).waitFor();
    await expectAccessible(page);
    await press('Escape');
    await page.getByRole('button', { name: 'Approve…' }).waitFor();
    await pressUntil('a', page.getByRole('button', { name: 'Yes, approve' }));
    await press('Control+Enter');
    await page.getByText('Approved by you').waitFor();
    await press('Escape');
    await page.getByRole('link', { name: 'Upland Honey' }).waitFor({ state: 'detached' });
  });

  it('opens each request at its top and comes back to its row', async () => {
    await page.setViewportSize({ width: 1280, height: 480 });
    await page.getByRole('link', { name: 'Zephyr Sails' }).click();
    await heading(/^Zephyr Sails asks for/).waitFor();
    expect(await page.evaluate('scrollY')).toBe(0);
    await page.getByText('What happened so far').waitFor();
    const row = page.locator('tr.Mui-selected', { hasText: 'Zephyr Sails' });
    const isInSight = async () => {
      const box = await row.boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= 480;
    };
    await press('Escape');
    await expect.poll(isInSight).toBe(true);
    await row.getByRole('link').click();
    await page.getByText('What happened so far').waitFor();
    await page.goBack();
    await expect.poll(isInSight).toBe(true);
  });

  it.each([
    ['light', 'light', 1280],
    ['dark', 'dark', 1280],
    ['phone', 'light', 360],
    ['wide', 'dark', 1920],
  ] as const)('sees queue and request whole and clearly: %s', async (name, colorScheme, width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const look = async (screen: string) => {
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await keepScreenshot(page, `console-${screen}-${name}`);
    };
    // Loaded anew: half-way from one scheme to the other, colours are none of ours.
    await page.reload();
    await page.getByRole('link', { name: 'Sable Brushes' }).waitFor();
    await look('queue');
    await page.getByRole('link', { name: 'Umber Leather Goods' }).click();
    await page.getByRole('region', { name: 'Other requests by this vendor' }).waitFor();
    await page.getByText('vendor21@example.com').first().waitFor();
    await look('request');
    await page.goBack();
  });

  it('saw no complaint on the console', () => reviewer.expectNoComplaints());

  /** Presses a key until it has done its work: on a request that has just appeared, letters are deaf for a moment. */
  async function pressUntil(key: string, result: Locator): Promise<void> {
    await expect
      .poll(async () => {
        await press(key);
        return result.waitFor({ timeout: 1_000 }).then(
          () => true,
          () => false,
        );
      })
      .toBe(true);
  }

  /** Moves on with Tab until the focus is on the button of that name. */
  async function tabTo(name: string): Promise<void> {
    const button = page.getByRole('button', { name });
    for (let step = 0; step < 20; step++) {
      await press('Tab');
      if (await button.evaluate((element) => element.matches(':focus'))) return;
    }
    throw new Error(`Tab does not lead to ${name}`);
  }
});
