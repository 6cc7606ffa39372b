import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { runSql } from './engine.ts';
import { fillSignIn, keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { expectNoSidewaysScroll } from './portal.ts';
import { theStack } from './provided.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  /** Looked at with TIERLINE_LONG alone. */
  readonly onlyLong?: true;
}

/** A walk through everything, by one vendor in one language; a page that is loaded once is looked at in all its looks. */
interface Walk {
  readonly locale: string;
  readonly email: string;
  readonly looks: readonly [Look, ...Look[]];
}

const WALKS: readonly Walk[] = [
  {
    locale: 'en-GB',
    email: 'vendor39@example.com',
    looks: [
      { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
      { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 }, onlyLong: true },
    ],
  },
  {
    locale: 'fr-FR',
    email: 'vendor37@example.com',
    looks: [
      { name: 'phone-dark-fr', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
      { name: 'phone-fr', colorScheme: 'light', viewport: { width: 360, height: 740 }, onlyLong: true },
    ],
  },
];

/** What hangs from an open button of the header. */
const OPEN_MENU = 'header button[aria-expanded="true"] + *';

const isWanted = ({ onlyLong }: Look) => onlyLong === undefined || Boolean(process.env.TIERLINE_LONG);

/** A pending request for the tier above, whoever asks. */
async function askAs(email: string): Promise<void> {
  await runSql(`insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
    select v.id, u.id, v.tier, v.tier + 1, 'Two more shops open in spring, and all of them are to be found by our customers.'
    from users u join vendors v on v.id = u.vendor_id where u.email = '${email}'`);
}

/** Two requests more, so that the history has a second page. */
async function lengthenHistory(email: string): Promise<void> {
  for (let request = 1; request <= 2; request++) {
    await askAs(email);
    await runSql(`update tier_upgrade_requests set status = 'cancelled' where status = 'pending'
      and vendor_id = (select vendor_id from users where email = '${email}')`);
  }
}

describe.each(WALKS)('every screen and dialog, $locale,', ({ locale, email, looks }) => {
  it('is accessible, fits its window and complains of nothing', async () => {
    const [first] = looks;
    await lengthenHistory(email);
    const { colorScheme, viewport } = first;
    const person = await newPerson(browser, { colorScheme, viewport, locale, reducedMotion: 'reduce' });
    const page = await person.openTab();
    const { portal } = theStack();
    const dialog = page.locator('dialog[open]');
    const heading = page.locator('h1:not(.visually-hidden)').first();
    const submit = page.locator('button[type="submit"]').last();
    const wrongField = page.locator('[aria-invalid]').first();

    const open = (path: string) => page.goto(`${portal}/portal${path}`);
    const show = async (wanted: Look) => {
      await page.emulateMedia({ colorScheme: wanted.colorScheme });
      await page.setViewportSize(wanted.viewport);
      // The page hears of it a moment later.
      await page.waitForFunction(
        `matchMedia('(prefers-color-scheme: ${wanted.colorScheme})').matches && innerWidth === ${wanted.viewport.width}`,
      );
    };
    /** `part` is for what lies over the page, whose covered controls are none of its business. */
    const look = async (screen: string, part?: string) => {
      const isWhole = part === undefined && !(await dialog.isVisible());
      for (const wanted of looks.filter(isWanted)) {
        await show(wanted);
        await expectAccessible(page, part);
        await expectNoSidewaysScroll(page);
        await keepScreenshot(page, `portal-${screen}-${wanted.name}`, { fullPage: isWhole });
      }
      await show(first);
    };

    await open('/login');
    await heading.waitFor();
    await look('sign-in');
    await submit.click();
    await wrongField.waitFor();
    await look('sign-in-incomplete');
    await open('/forgot-password');
    await heading.waitFor();
    await look('forgotten');
    await open('/reset-password#token=x');
    await submit.click();
    await wrongField.waitFor();
    await look('reset');
    await open('/reset-password');
    await heading.waitFor();
    await page.locator('main a').first().waitFor();
    await look('reset-dead');

    await open('/login');
    await fillSignIn(page, email);
    await page.waitForURL('**/portal/dashboard');
    await heading.waitFor();
    for (const summary of await page.locator('details > summary').all()) await summary.click();
    await look('dashboard');
    await page.locator('main nav button').last().click();
    await page.waitForURL('**page=2');
    await page.locator('main nav button').last().and(page.locator(':disabled')).waitFor();
    await page.locator('[aria-busy]').waitFor({ state: 'detached' });
    await look('history-page-2');
    await open('/dashboard?ask=4');
    await dialog.getByRole('textbox').waitFor();
    await look('request');
    await dialog.getByRole('textbox').fill('Too short');
    await submit.click();
    await wrongField.waitFor();
    await look('request-too-short');
    await dialog.getByRole('textbox').fill('');
    await open('/dashboard');
    await page.locator('main li details ~ button').first().click();
    await dialog.locator('blockquote').waitFor();
    await look('ask-again');

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await askAs(email);
    await page.locator('[aria-current="step"]').waitFor();
    await look('pending');
    await page.locator('#tier-upgrade button').first().click();
    await page.getByRole('alertdialog').waitFor();
    await look('cancel');

    await open('/locations');
    const controls = page.locator('main li button');
    await controls.first().click();
    await dialog.getByRole('textbox').first().waitFor();
    await look('location-edit');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await look('locations');
    await controls.nth(1).click();
    await page.getByRole('alertdialog').waitFor();
    await look('location-remove');
    await open('/locations?add');
    await dialog.getByRole('textbox').first().waitFor();
    await submit.click();
    await wrongField.waitFor();
    await look('location-incomplete');

    await open('/notifications');
    await page.locator('main li').first().waitFor();
    await look('notifications');
    await page.locator('header button[aria-expanded]').first().click();
    await look('bell', OPEN_MENU);
    await page.keyboard.press('Escape');
    await page.locator('header nav a').last().click();
    await page.locator('input[name="email"]').waitFor();
    await look('profile');
    await page.locator('header button[aria-expanded]').last().click();
    await look('account-menu', OPEN_MENU);
    await open('/vendors/00000000-0000-4000-8000-000000000000');
    await page.locator('main a').waitFor();
    await look('not-your-profile');
    await open('/nowhere');
    await page.locator('main a').waitFor();
    await look('not-found');
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
    await page.goto(`${theStack().portal}/portal/login`);
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
