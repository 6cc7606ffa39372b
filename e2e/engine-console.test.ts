import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { keepScreenshot, launchBrowser, newPerson, type Person } from './fixtures.ts';
import { theStack } from './provided.ts';

const GRANT = 'vendor may select tier_upgrade_requests, under a condition';

/** The engine's console as a developer uses it: no page of another site, no complaint, in every size. */
describe('the console of the engine', () => {
  const { engine, adminSecret } = theStack();
  let browser: Browser;
  let developer: Person;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    developer = await newPerson(browser);
    page = await developer.openTab();
  });
  afterAll(() => browser.close());

  const useSecret = async (secret: string, role = '') => {
    await page.getByLabel('Speak as').selectOption('admin-secret');
    await page.getByLabel('Secret', { exact: true }).fill(secret);
    await page.getByRole('form', { name: 'Access' }).getByLabel('Role').fill(role);
    await page.getByRole('button', { name: 'Apply' }).click();
  };

  it('keeps permissions for whoever has the admin secret', async () => {
    await page.goto(`${engine}/console#/permissions`);
    await page.getByText('Permissions are for administrators').waitFor();
    expect(await page.title()).toBe('Permissions · Console');
    await expectAccessible(page);
    await useSecret(adminSecret);
    await page.getByRole('heading', { name: 'Tables and views' }).waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'engine-console-permissions');
  });

  it('shows the rule behind a permission, with the keyboard alone', async () => {
    const grant = page.getByRole('button', {
      name: 'vendor may select tier_upgrade_requests, under a condition',
    });
    await grant.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('X-Hasura-Vendor-Id').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'engine-console-permission');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe(GRANT);
  });

  it('narrows down to a name and a role, and becomes cards on a phone', async () => {
    await page.getByLabel('Find').fill('tiers');
    const main = page.getByRole('main');
    await main.getByRole('combobox', { name: 'Role' }).selectOption('anonymous');
    expect(await main.getByRole('button', { name: / may / }).allInnerTexts()).toEqual(['select']);
    await page.getByLabel('Find').fill('');
    await main.getByRole('combobox', { name: 'Role' }).selectOption('');
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await keepScreenshot(page, 'engine-console-permissions-phone');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('runs a saved operation of the project as the role that is picked, and offers no other', async () => {
    await page.getByRole('link', { name: 'GraphiQL' }).click();
    await useSecret(adminSecret, 'anonymous');
    await page.getByRole('button', { name: 'Show Examples' }).click();
    await page.getByRole('button', { name: 'Tiers and what they bring' }).click();
    // GraphiQL reads the operation a moment after it appears, and names its tab by it.
    await page.getByRole('button', { name: 'Tiers', exact: true }).waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByRole('region', { name: 'Result Window' }).getByText('max_locations').first().waitFor();
    expect(await page.getByRole('button', { name: 'The review queue' }).count()).toBe(0);
    await expectAccessible(page);
    await keepScreenshot(page, 'engine-console-graphiql');
    await page.setViewportSize({ width: 390, height: 844 });
    const result = await page.getByRole('region', { name: 'Result Window' }).boundingBox();
    expect(result?.width).toBeGreaterThan(300);
    await expectAccessible(page);
    await keepScreenshot(page, 'engine-console-graphiql-phone');
  });

  it('asked no other site for anything and complained of nothing', async () => {
    const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(asked.filter((url) => !url.startsWith(engine) && !/^(blob|data):/.test(url))).toEqual([]);
    developer.expectNoComplaints();
  });
});
