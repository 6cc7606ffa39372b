import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { countOperations } from './operations.ts';

/** What a reviewer does in the queue, besides deciding single requests. */
describe('the review queue', () => {
  let browser: Browser;
  let reviewer: Person;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    reviewer = await newPerson(browser);
    page = await reviewer.openTab();
  });
  afterAll(() => browser?.close());

  const rows = () => page.getByRole('row').filter({ has: page.getByRole('cell') });
  const tab = (name: string) => page.getByRole('navigation', { name: 'Requests by status' }).getByText(name);

  it('asks for no more than it shows: its rows, and what stands around them', async () => {
    const operations = countOperations(page);
    await signInToConsole(page, 'admin1@example.com');
    await rows().first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(operations.names().sort()).toEqual(['QueueOverview', 'QueuePage']);
    await expectAccessible(page);
    // By a link, in a browser that has seen nothing of it yet: by words, by a vendor that has none of these, by everything.
    const vendor_id = '10000000-0000-4000-8000-000000000021';
    for (const filter of [
      { q: 'bicycle' },
      { vendor_id, status: 'cancelled', from: '2001-01-01' },
      { vendor_id, q: 'no such words', target_tier: 3, from: '2001-01-01', to: '2090-01-01' },
    ]) {
      operations.reset();
      const search = new URLSearchParams({ filter: JSON.stringify(filter), sort: 'vendor.name' });
      await page.goto(`${new URL(page.url()).origin}/admin/tier_upgrade_requests?${search}`);
      await page.waitForLoadState('networkidle');
      if (!('vendor_id' in filter)) await rows().first().waitFor();
      else await page.getByText('Vendor: Umber Leather Goods').waitFor();
      expect(operations.names().length, operations.names().join(', ')).toBeLessThanOrEqual(3);
    }
    await page.goto(`${new URL(page.url()).origin}/admin/`);
    await rows().first().waitFor();
  });

  it('keeps a view under a name, in this browser', async () => {
    await tab('Rejected').click();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('combobox', { name: 'Target tier' }).click();
    await page.getByRole('option', { name: 'Pro' }).click();
    await page.waitForURL(/target_tier/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Save these filters and this order as' }).fill('Refused Pros');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Waiting longest' }).click();
    await page.waitForURL(/order=ASC/);
    await page.reload();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Refused Pros', exact: true }).click();
    await page.getByText('To Pro', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Pending, newest first' }).click();
    await page.getByRole('columnheader', { name: 'Waiting' }).waitFor();
  });

  it('shows the columns one wants', async () => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Exact dates and times' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Status' }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Status' }).waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitem', { name: 'As it was at first' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Status' }).waitFor({ state: 'detached' });
  });

  it('saves what it shows as CSV, all pages of it', async () => {
    await page.getByRole('searchbox', { name: 'Search requests' }).fill('bicycle');
    await page.waitForURL(/bicycle/);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    await page.getByText(/Saved \d+ requests?\./).waitFor();
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head).toContain('id,vendor,current_tier,target_tier,status');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.every((line) => line.includes(',pending,') && /bicycle/i.test(line))).toBe(true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Clear search' }).click();
    await page.waitForURL((url) => !url.href.includes('bicycle'));
  });

  // Before the network is cut: the browser itself complains of every call that then fails.
  it('had nothing to complain about', () => reviewer.expectNoComplaints());

  it('waits, where one was, for a network and for a new session', async () => {
    const heading = await page.getByRole('heading', { level: 1 }).innerText();
    await reviewer.context.setOffline(true);
    await page
      .getByText(/You are offline/)
      .first()
      .waitFor();
    await reviewer.context.setOffline(false);
    await page
      .getByText(/You are offline/)
      .first()
      .waitFor({ state: 'detached' });
    const before = page.url();
    // The session ends elsewhere: another tab signs out on all devices.
    const other = await reviewer.openTab();
    await other.goto(before);
    await other.getByRole('button', { name: /^Account/ }).click();
    await other.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await other.getByLabel('E-mail').waitFor();
    await other.close();
    await page.getByLabel('Password', { exact: true }).waitFor();
    await page.getByLabel('E-mail').fill('admin1@example.com');
    await page.getByLabel('Password', { exact: true }).fill('tierline-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(page.url()).toBe(before);
  });
});
