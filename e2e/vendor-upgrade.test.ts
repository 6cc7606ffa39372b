import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { keepScreenshot, launchBrowser, newPerson, signInToConsole, signInToPortal } from './fixtures.ts';

const VENDOR = 'Alder & Rye Bakery';
const REASON =
  'We open two more bakeries in spring, both with a café, and want all three listed with their own hours. <b>Thank you</b>';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

describe('a vendor asks for a higher tier', () => {
  it('is seen live in the queue, approved there, and sees the new tier without a reload', async () => {
    const person = await newPerson(browser);
    const review = await person.openTab();
    await signInToConsole(review, 'admin1@example.com');
    await review.getByRole('link', { name: VENDOR }).waitFor({ state: 'detached' });
    await keepScreenshot(review, '1-queue');

    const portal = await person.openTab();
    await signInToPortal(portal, 'vendor1@example.com');
    await portal.getByRole('button', { name: 'Ask for an upgrade' }).first().waitFor();
    await keepScreenshot(portal, '2-dashboard');
    // A reload would empty this, so finding it at the end proves that none happened.
    await portal.evaluate(() => Object.assign(globalThis, { sinceFirstLoad: true }));

    await portal.getByRole('button', { name: 'Ask for an upgrade' }).first().click();
    const dialog = portal.getByRole('dialog', { name: 'Ask for an upgrade' });
    await dialog.getByRole('textbox', { name: /Why does this tier fit/ }).fill('Too short');
    await dialog.getByText('41 more characters to go').waitFor();
    await dialog.getByRole('textbox', { name: /Why does this tier fit/ }).fill(REASON);
    await keepScreenshot(portal, '3-request-dialog');
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await portal.getByRole('heading', { name: 'Plus is on its way to a reviewer' }).waitFor();
    await keepScreenshot(portal, '4-pending');

    // The console was opened before the request existed and is not reloaded either.
    await review.bringToFront();
    const row = review.getByRole('row', { name: new RegExp(VENDOR) });
    await row.waitFor();
    await keepScreenshot(review, '5-request-arrived');
    await row.getByRole('link', { name: VENDOR }).click();
    await review.getByText(REASON).waitFor();
    await keepScreenshot(review, '6-request-page');
    await review.getByRole('button', { name: 'Approve…' }).click();
    await review.getByRole('button', { name: 'Yes, approve' }).click();
    await review.getByText(`Approved. ${VENDOR} is on Plus now.`).waitFor();
    await keepScreenshot(review, '7-approved');

    await portal.bringToFront();
    await portal.getByRole('heading', { name: 'Grow to Pro' }).waitFor();
    await portal
      .getByRole('region', { name: 'Your tier' })
      .getByText(/^2\s*Plus$/)
      .first()
      .waitFor();
    await portal.waitForFunction(() => 'sinceFirstLoad' in globalThis);
    await keepScreenshot(portal, '8-new-tier');
    person.expectNoComplaints();
  });
});
