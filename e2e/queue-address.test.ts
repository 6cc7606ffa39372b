import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person, signInToConsole } from './fixtures.ts';
import { theStack } from './provided.ts';
import { createRequests, removeCreatedVendors } from './requests.ts';

/** What a list shows, searches and saves, by its address and its fields. */
describe('the queue', () => {
  let browser: Browser;
  let reviewer: Person;
  let page: Page;
  let ids: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    ids = await createRequests([
      { vendor: 'Łódź İstanbul ß' },
      { vendor: 'Cafe\u0301 du Port', justification: `=SUM(1) ${'and a good reason '.repeat(4)}` },
      { vendor: 'Fifty 50 Bakers' },
    ]);
    reviewer = await newPerson(browser);
    page = await reviewer.openTab();
    await signInToConsole(page, 'admin1@example.com');
  });
  afterAll(async () => {
    await browser?.close();
    await removeCreatedVendors();
  });

  const links = () => page.locator('tbody').getByRole('row').getByRole('link');
  const search = () => page.getByRole('searchbox', { name: 'Search requests' });
  /** How many requests are listed for these words, once no page of before the search is there any more. */
  const listed = async (words: string) => {
    await search().fill(words);
    await page.waitForURL((url) => JSON.parse(url.searchParams.get('filter') ?? '{}').q === words);
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    await expect.poll(() => links().count()).toBeLessThan(25);
    return links().count();
  };
  const exported = async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    return { name: download.suggestedFilename(), file, rows: file.trimEnd().split('\r\n').length - 1 };
  };

  it('finds and saves the same, however the words are written', async () => {
    await page.getByRole('navigation', { name: 'Requests by status' }).getByText('All').click();
    for (const [words, count] of [
      ['istanbul', 1],
      ['CAFÉ du', 1],
      [ids[0] as string, 1],
      ['50', undefined],
    ] as const) {
      const found = await listed(words);
      if (count !== undefined) await expect.poll(() => links().count()).toBe(count);
      const { rows, file } = await exported();
      await expect.poll(() => links().count()).toBe(rows);
      expect(found).toBeGreaterThan(0);
      expect(file.startsWith('\uFEFFid,')).toBe(true);
    }
    await listed('du port');
    const { name, file } = await exported();
    expect(name).toMatch(/^tier-upgrade-requests-du-port-\d{4}-\d\d-\d\d\.csv$/);
    expect(file).toContain(",'=SUM(1)");
    expect(file).toMatch(/,pending,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/);
  });

  it.each([
    'filter={"status":"zzz"}',
    'filter=5',
    'filter={"status":{"_neq":"x"}}',
    'filter={"_neq":"x"}',
    'filter={broken',
    'perPage=-5',
    'perPage=0',
    'perPage=100000',
    'page=1e9',
    'sort=password&order=up',
  ])('opens at ?%s with what it understands, and says what it left out', async (query) => {
    await page.goto(`${theStack().admin}/admin/tier_upgrade_requests?${query}`);
    await page.getByText('Part of this address makes no sense here and was left out').waitFor();
    await links().first().waitFor();
  });

  it('is taken back to what it was by Back from its first filter', async () => {
    for (const [list, choose] of [
      ['tier_upgrade_requests', () => search().fill('bakers')],
      ['vendors', () => page.getByRole('searchbox').fill('bakers')],
      ['timeline', () => page.getByLabel('From').fill('2026-11-01')],
    ] as const) {
      await page.goto(`${theStack().admin}/admin/${list}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.url().includes('?') || list === 'timeline').toBe(true);
      const before = page.url();
      await choose();
      await expect.poll(() => page.url()).not.toBe(before);
      await page.goBack();
      await expect.poll(() => page.url()).toBe(before);
    }
  });

  it('takes dates by keys, the first one too', async () => {
    await page.goto(`${theStack().admin}/admin/tier_upgrade_requests`);
    await page.getByRole('button', { name: 'Filters' }).click();
    const field = page.getByLabel('Asked from');
    await field.click({ position: { x: 12, y: 12 } });
    // Month first: this browser speaks American.
    await page.keyboard.type('11202025', { delay: 20 });
    expect(await field.inputValue()).toBe('2025-11-20');
    await page.waitForURL(/2025-11-20/);
    await expectAccessible(page);
    await keepScreenshot(page, 'queue-dates');
    reviewer.expectNoComplaints();
  });
});
