import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdministrator, runSql } from './engine.ts';
import { keepScreenshot, launchBrowser, newPerson, signInToPortal } from './fixtures.ts';
import { expectNoSidewaysScroll } from './portal.ts';
import { theStack } from './provided.ts';

const EMAIL = 'vendor35@example.com';
const LONG_WORD = 'Donaudampfschifffahrt'.repeat(4);
/** Markup that would run, format or load something, a mark that turns what follows around, and a word without end. */
const HOSTILE = `<script>ran=1</script><img src=x onerror="ran=1"><b id=injected>Bold</b>"'>\u202eevil ${LONG_WORD}`;
const REJECT =
  'mutation ($id: uuid!, $reason: String!) { rejectTierUpgradeRequest(requestId: $id, rejectionReason: $reason) { success } }';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Runs in the page: whatever sticks out of the window, or out of a box that hides what does not fit. */
const STICKING_OUT = `[...document.querySelectorAll('body *')]
  .filter((element) => element.checkVisibility() && !element.closest('svg, .visually-hidden'))
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .map((element) => element.outerHTML.slice(0, 120))`;

async function expectHarmless(page: Page): Promise<void> {
  await expectNoSidewaysScroll(page);
  expect(await page.evaluate(`'ran' in globalThis`)).toBe(false);
  expect(await page.locator('#injected, main img, header img, dialog img').count()).toBe(0);
  expect(await page.evaluate(STICKING_OUT)).toEqual([]);
}

describe('hostile texts', () => {
  it('stay texts on every page: nothing runs, is formatted, sticks out or turns its neighbours around', async () => {
    const person = await newPerson(browser, { viewport: { width: 320, height: 640 } });
    const page = await person.openTab();
    await runSql(`update vendors set name = left($$${HOSTILE}$$, 200), email = '${'e'.repeat(80)}@example.com'
      where id = (select vendor_id from users where email = '${EMAIL}')`);
    await runSql(`update vendor_locations set name = left($$${HOSTILE}$$, 200), address = $$${HOSTILE}$$,
      city = left($$${HOSTILE}$$, 200), country = $$${LONG_WORD}$$
      where vendor_id = (select vendor_id from users where email = '${EMAIL}')`);
    const [[pending] = []] = await runSql(
      `select r.id from tier_upgrade_requests r join users u on u.vendor_id = r.vendor_id
       where u.email = '${EMAIL}' and r.status = 'pending'`,
    );
    await asAdministrator(REJECT, { id: pending, reason: HOSTILE });
    await runSql(`insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
      select v.id, u.id, v.tier, v.tier + 1, $$${HOSTILE}$$
      from users u join vendors v on v.id = u.vendor_id where u.email = '${EMAIL}'`);
    const isThere = page.getByText(LONG_WORD).filter({ visible: true }).first();

    await signInToPortal(page, EMAIL);
    await isThere.waitFor();
    for (const summary of await page.locator('details > summary').all()) await summary.click();
    await expectHarmless(page);
    await keepScreenshot(page, 'portal-hostile-dashboard');
    await page.getByRole('button', { name: 'Cancel request' }).click();
    await page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await page.getByRole('button', { name: 'Ask again' }).first().click();
    await page.getByRole('dialog').getByText(LONG_WORD).first().waitFor();
    await expectHarmless(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expectHarmless(page);
    await keepScreenshot(page, 'portal-hostile-bell', { fullPage: false });
    await page.getByRole('link', { name: 'See all' }).click();
    await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
    await isThere.waitFor();
    await expectHarmless(page);

    await page.goto(`${theStack().portal}/portal/locations`);
    await isThere.waitFor();
    await expectHarmless(page);
    await keepScreenshot(page, 'portal-hostile-locations');
    await page.getByRole('button', { name: /^Remove/ }).click();
    const question = page.getByRole('alertdialog');
    // The mark in the name ends with the name: our own question mark still stands behind it.
    await question.getByRole('heading', { name: /^Remove \u2068.*\u2069\?$/su }).waitFor();
    await expectHarmless(page);
    await keepScreenshot(page, 'portal-hostile-remove', { fullPage: false });
    await question.getByRole('button', { name: 'Yes, remove it' }).click();
    await page.getByText(/\u2069 is removed\.$/u).waitFor();
    await expectHarmless(page);
    await page.getByRole('link', { name: 'Profile', exact: true }).first().click();
    await page.getByLabel('Contact e-mail').waitFor();
    await expectHarmless(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
    await isThere.waitFor();
    await expectHarmless(page);
    await keepScreenshot(page, 'portal-hostile-desktop');
    person.expectNoComplaints();
  });
});
