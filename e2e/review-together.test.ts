import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { createRequests, removeCreatedVendors } from './requests.ts';

const REASON = 'Please add proof of how you would use the higher tier, and ask again.';

/** Two administrators at the same queue, each in a browser of their own; neither ever reloads. */
describe('two reviewers at once', () => {
  let browser: Browser;
  let people: readonly Person[];
  let mine: Page;
  let theirs: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    await createRequests([
      { vendor: 'Tamarack Climbing' },
      { vendor: 'Osprey Kayaks' },
      { vendor: 'Lantern Press', tier: 2 },
      { vendor: 'Marlow Tea Rooms' },
      { vendor: 'Pebble Toys', tier: 3 },
      { vendor: 'Quince Preserves' },
    ]);
    people = await Promise.all([newPerson(browser), newPerson(browser)]);
    [mine, theirs] = (await Promise.all(people.map((person) => person.openTab()))) as [Page, Page];
    await Promise.all([
      signInToConsole(mine, 'admin1@example.com'),
      signInToConsole(theirs, 'admin2@example.com'),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await removeCreatedVendors();
  });

  const row = (page: Page, vendor: string) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: vendor }) });
  const toQueue = (page: Page) =>
    page.getByRole('main').getByRole('link', { name: 'Queue', exact: true }).click();
  const approve = async (page: Page, vendor: string) => {
    await row(page, vendor).getByRole('link').click();
    await page.getByRole('button', { name: 'Approve…' }).click();
    await page.getByRole('button', { name: 'Yes, approve' }).click();
    await page.getByText('Approved by you').waitFor();
    await toQueue(page);
  };

  it('see a decision at once: the buttons go, and what was being written is kept', async () => {
    await row(mine, 'Osprey Kayaks').getByRole('link').click();
    await mine.getByRole('button', { name: 'Reject…' }).click();
    await mine.getByLabel('Reason, shown to the vendor').fill(REASON);
    await approve(theirs, 'Osprey Kayaks');
    await mine.getByText('Approved by admin2@example.com', { exact: true }).waitFor();
    await mine.getByText(/^admin2@example\.com approved this at .* Your text is kept/).waitFor();
    expect(await mine.getByRole('button', { name: /^(Approve|Reject|Yes)/ }).count()).toBe(0);
    expect(await mine.getByLabel('Reason, shown to the vendor').inputValue()).toBe(REASON);
    await expectAccessible(mine);
    await keepScreenshot(mine, 'together-overtaken');
    await toQueue(mine);
  });

  it('decide several together, and see which one a colleague had decided before', async () => {
    for (const vendor of ['Lantern Press', 'Marlow Tea Rooms']) {
      await row(mine, vendor).getByRole('checkbox').check();
    }
    await mine.getByRole('button', { name: 'Reject 2…' }).click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Reject 2 requests?' }).waitFor();
    await dialog.getByLabel('Reason, shown to the vendor').fill(REASON);
    await expectAccessible(mine);
    await keepScreenshot(mine, 'together-bulk-reject');
    await approve(theirs, 'Marlow Tea Rooms');
    await dialog.getByRole('button', { name: 'Reject 2 and tell the vendors' }).click();
    await dialog.getByText('1 decided. 1 could not be decided').waitFor();
    const item = (vendor: string) => dialog.getByRole('listitem').filter({ hasText: vendor });
    await item('Lantern Press').getByRole('img', { name: 'Done' }).waitFor();
    await item('Marlow Tea Rooms')
      .getByText(/^admin2@example\.com approved this at /)
      .waitFor();
    await dialog.getByRole('heading', { name: '1 of 2 rejected' }).waitFor();
    await expectAccessible(mine);
    await keepScreenshot(mine, 'together-bulk-results');
    // Another try could only be refused again, so none is offered.
    expect(await dialog.getByRole('button', { name: /again/ }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row(mine, 'Lantern Press').waitFor({ state: 'detached' });
    await mine.getByText('1 selected').waitFor({ state: 'detached' });
  });

  it('keep their place and their selection while rows come, change and go', async () => {
    await mine.getByRole('navigation', { name: 'Requests by status' }).getByText('All').click();
    await mine.getByRole('columnheader', { name: 'Status' }).waitFor();
    await mine.setViewportSize({ width: 1280, height: 480 });
    const selected = row(mine, 'Tamarack Climbing');
    await selected.getByRole('checkbox').check();
    const bar = mine.getByRole('region', { name: 'Selected requests' });
    await bar.getByText('1 selected').waitFor();
    await selected.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    // The bar stays at the lower edge of the window.
    expect((await bar.boundingBox())!.y).toBeLessThan(480);
    const top = await topOf(selected);

    await createRequests([{ vendor: 'Rowan Saddlery' }]);
    // The newest are on top there: it is announced, and moves nothing.
    await mine.getByRole('button', { name: '1 new · Show' }).waitFor();
    // Who waits longest is on top here: it comes in behind the others.
    await row(theirs, 'Rowan Saddlery').getByText('New', { exact: true }).waitFor();
    expect(await topOf(selected)).toBe(top);

    await row(theirs, 'Pebble Toys').getByRole('checkbox').check();
    await row(theirs, 'Quince Preserves').getByRole('checkbox').check();
    await theirs.getByRole('button', { name: 'Approve 2' }).click();
    await theirs.getByRole('dialog').getByRole('button', { name: 'Approve 2' }).click();
    await theirs.getByRole('dialog').getByText('2 decided.').waitFor();
    for (const vendor of ['Pebble Toys', 'Quince Preserves']) {
      await row(mine, vendor).getByText('Approved').waitFor();
      expect(await row(mine, vendor).getByRole('checkbox').count()).toBe(0);
      await row(theirs, vendor).waitFor({ state: 'detached' });
    }
    expect(await topOf(selected)).toBe(top);
    expect(await selected.getByRole('checkbox').isChecked()).toBe(true);
    await mine.getByText('1 selected').waitFor();
    await keepScreenshot(mine, 'together-live');
    for (const person of people) person.expectNoComplaints();
  });
});

/** Where an element is in the window, once whatever slides has come to rest. */
async function topOf(element: Locator): Promise<number> {
  await element
    .page()
    .evaluate(
      'Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => null)',
    );
  return Math.round((await element.boundingBox())?.y ?? Number.NaN);
}
