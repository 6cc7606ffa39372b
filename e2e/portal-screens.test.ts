import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { expectNoSidewaysScroll } from './portal.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const looks: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 }, locale: 'en-GB' }],
  ['phone-dark-fr', { colorScheme: 'dark', viewport: { width: 320, height: 640 }, locale: 'fr-FR' }],
  ...(process.env.TIERLINE_LONG
    ? ([
        ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 }, locale: 'en-GB' }],
        ['phone', { colorScheme: 'light', viewport: { width: 360, height: 740 }, locale: 'en-GB' }],
      ] as const)
    : []),
];

describe.each(looks)('every screen, %s,', (name, options) => {
  it('is accessible, fits its window and complains of nothing', async () => {
    const person = await newPerson(browser, options);
    const page = await person.openTab();
    const { portal } = inject('stack');
    const look = async (screen: string) => {
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
      await keepScreenshot(page, `portal-${screen}-${name}`);
    };
    const visit = async (path: string, screen: string, isThere: () => Promise<unknown>) => {
      await page.goto(`${portal}/portal${path}`);
      await isThere();
      await look(screen);
    };
    const heading = () => page.locator('h1:not(.visually-hidden)').first().waitFor();

    await visit('/login', 'sign-in', heading);
    await visit('/forgot-password', 'forgotten', heading);
    await visit('/reset-password#token=x', 'reset', heading);
    await visit('/reset-password', 'reset-dead', heading);
    await page.goto(`${portal}/portal/login`);
    await fillSignIn(page, 'vendor39@example.com');
    await page.waitForURL('**/portal/dashboard');
    await visit('/dashboard', 'dashboard', async () => {
      await heading();
      await page.locator('details > summary').first().click();
    });
    await visit('/dashboard?ask=4', 'request', () => page.getByRole('dialog').getByRole('textbox').waitFor());
    await visit('/locations', 'locations', heading);
    await visit('/locations?add', 'location', () =>
      page.getByRole('dialog').getByRole('textbox').first().waitFor(),
    );
    await visit('/notifications', 'notifications', heading);
    await page.locator('header nav a').last().click();
    await page.locator('input[name="email"]').waitFor();
    await look('profile');
    await page.locator('header button[aria-expanded]').last().click();
    // The menu lies over the page, whose covered controls are none of its business.
    await expectAccessible(page, 'header');
    await keepScreenshot(page, `portal-account-menu-${name}`);
    await visit('/nowhere', 'not-found', () => page.locator('h1').first().waitFor());
    person.expectNoComplaints();
  });
});

describe('the language', () => {
  it('changes without a reload, is remembered, and dates follow', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await signInToPortal(page, 'vendor34@example.com');
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('radio', { name: 'Français' }).check();
    await page.getByRole('region', { name: 'Votre niveau' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('fr');
    expect(await page.title()).toBe('Tableau de bord · Tierline');
    await page.reload();
    await page.getByRole('region', { name: 'Votre niveau' }).waitFor();
    await page.getByRole('link', { name: 'Profil', exact: true }).first().click();
    await page
      .getByText(
        /^\d{1,2}(er)? (janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) \d{4}$/,
      )
      .waitFor();
    await page.getByRole('radio', { name: 'English' }).first().check();
    await page.getByRole('heading', { name: 'Profile' }).waitFor();
    person.expectNoComplaints();
  });
});

/** What the browser itself measured of a page. */
async function timingsOf(page: Page) {
  return (await page.evaluate(`(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const scripts = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    return {
      firstPaint: Math.round(paint?.startTime ?? NaN),
      now: Math.round(performance.now()),
      scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  })()`)) as { readonly firstPaint: number; readonly now: number; readonly scriptBytes: number };
}

describe('the first visit', () => {
  it('is quick with an empty cache; the ceilings are those of a very busy machine', async () => {
    const person = await newPerson(browser);
    const page = await person.openTab();
    await page.goto(`${inject('stack').portal}/portal/login`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const signIn = await timingsOf(page);
    await fillSignIn(page, 'vendor39@example.com');
    await page.getByRole('region', { name: 'Your tier' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: 'Your tier' }).waitFor();
    const dashboard = await timingsOf(page);
    console.log(
      `sign-in page: first paint ${signIn.firstPaint} ms, form ${signIn.now} ms, ${signIn.scriptBytes} bytes of script; ` +
        `dashboard, loaded again: first paint ${dashboard.firstPaint} ms, tier shown ${dashboard.now} ms`,
    );
    expect(signIn.scriptBytes).toBeLessThan(130_000);
    expect(signIn.firstPaint).toBeLessThan(15_000);
    expect(dashboard.now).toBeLessThan(30_000);
  });
});
